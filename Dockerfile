# syntax=docker/dockerfile:1

# Builds server, pages and SDK, then leaves production dependencies alone.
FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY sdk/package.json sdk/
COPY sdk/bin sdk/bin
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts scripts
COPY schemas schemas
COPY sdk sdk
COPY src src
COPY web web
RUN node scripts/build.js && npm ci --omit=dev --no-audit --no-fund

# What runs: no sources, no build tools, not root.
FROM node:20-slim
ENV NODE_ENV=production \
    VOUCHSAFE_ENVIRONMENT=production \
    VOUCHSAFE_DATA=/data \
    VOUCHSAFE_KEYS=/data/keys
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/sdk/dist sdk/dist
COPY sdk/package.json sdk/
COPY sdk/bin sdk/bin
COPY --from=build /app/dist dist
COPY package.json LICENSE ./
COPY bin/vouchsafe.js bin/
RUN install -d -o node -g node -m 0700 /data
USER node
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.VOUCHSAFE_ADMIN_PORT ?? 9080}/readyz`).then((reply) => process.exit(reply.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "bin/vouchsafe.js"]
CMD ["serve"]
