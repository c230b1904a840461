# The image of the command line itself: docker build -t envmint . && docker run --rm -v "$PWD/runs:/work/runs" envmint synth travel-planning
# Another base needs Node 24 with npm, apt and a user "node": docker build --build-arg BASE=registry.example/node:24 .
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --include=optional
COPY . .
RUN npm run build && npm prune --omit=dev

FROM ${BASE}
# python3 runs the standalone verifiers that the audit compares with.
RUN apt-get update \
 && apt-get install -y --no-install-recommends python3 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app ./
# The SQLite inside the pinned Node decides the bytes of worlds, so that Node goes first where there is one for the platform.
ENV PATH=/app/node_modules/.bin:$PATH
RUN ln -s /app/bin/envmint.mjs /usr/local/bin/envmint && mkdir -p /work/runs && chown -R node:node /work
USER node
WORKDIR /work
ENTRYPOINT ["envmint"]
CMD ["--help"]
