# The image that compose.yaml builds; Ponte itself needs no container.
FROM python:3.13-slim
WORKDIR /ponte
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY . .
RUN useradd --create-home ponte
USER ponte
EXPOSE 8501
CMD ["sh", "-c", "python -m loaders run --if-empty && exec python -m streamlit run app.py --server.address 0.0.0.0"]
