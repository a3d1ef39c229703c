# Builds a wheel of this folder, and an image that holds Python, the wheel and what it needs.
# The file system can be read-only (docker run --read-only --tmpfs /tmp); nothing is kept.
FROM python:3.11-slim AS build
WORKDIR /src
COPY . .
RUN python -m venv /krynica && /krynica/bin/pip install --no-cache-dir .

FROM python:3.11-slim
COPY --from=build /krynica /krynica
RUN useradd --system --no-create-home --shell /usr/sbin/nologin krynica
USER krynica
# Keys come at the start: --env-file, or a file of settings named by KRYNICA_SETTINGS. Without one
# the service refuses to listen on an address that others can reach.
ENV KRYNICA_HOST=0.0.0.0 KRYNICA_PORT=8000 PYTHONDONTWRITEBYTECODE=1
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD \
  /krynica/bin/python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/ready')"
ENTRYPOINT ["/krynica/bin/krynica"]
CMD ["serve"]
