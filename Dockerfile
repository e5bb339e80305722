FROM python:3.11-slim
RUN useradd --create-home voisiture
WORKDIR /srv/voisiture
COPY requirements.lock .
RUN pip install --no-cache-dir --require-hashes --requirement requirements.lock
COPY . .
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable .
USER voisiture
EXPOSE 8000
CMD ["sh", "-c", "voisiture upgrade && exec voisiture serve --host 0.0.0.0 --processes 2"]
