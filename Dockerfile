# The image that compose.yaml builds; Ponte itself needs no container.
FROM python:3.13-slim
WORKDIR /ponte
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
RUN useradd --create-home ponte
USER ponte
EXPOSE 8501
# Under another name than this machine's own, say which: STREAMLIT_BROWSER_SERVER_ADDRESS=ponte.example
ENV STREAMLIT_SERVER_ADDRESS=0.0.0.0 STREAMLIT_BROWSER_SERVER_ADDRESS=127.0.0.1
CMD ["sh", "-c", "python -m loaders run --if-empty && exec python -m streamlit run app.py"]
