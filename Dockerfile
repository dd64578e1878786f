# Two steps: one builds the environment, the other runs it as nobody in particular on a read-only file system.
FROM python:3.11-slim AS build
WORKDIR /build
RUN python -m venv /opt/planwatch
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot ./bot
COPY handlers ./handlers
COPY config ./config
RUN /opt/planwatch/bin/pip install --no-cache-dir --disable-pip-version-check -c constraints.txt '.[postgres]'

FROM python:3.11-slim
COPY --from=build /opt/planwatch /opt/planwatch
RUN useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin planwatch \
    && install -d -o planwatch -g planwatch /data
ENV PATH=/opt/planwatch/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PLANWATCH_DATA_DIR=/data \
    PLANWATCH_METRICS__LISTEN=127.0.0.1:9464
USER planwatch
WORKDIR /data
VOLUME /data
# 503 while the store does not answer; the page costs nothing, where starting the program anew would cost seconds
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:9464/readyz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["planwatch"]
CMD ["run"]
