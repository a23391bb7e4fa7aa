"""Show Ponte in a browser: one file a screen; Streamlit is imported only here and in app.py."""
