# Everything on a fresh machine with Node (any from 20 on) and git: npm brings the Node 24 that the rest needs.
.PHONY: demo demo-software test lint check test-docker bench clean

installed := node_modules/.installed

demo: $(installed)
	@npm run --silent demo

demo-software: $(installed)
	@npm run --silent demo:software

test: $(installed)
	npm test --silent

lint: $(installed)
	npm run --silent lint

check: $(installed)
	npm run --silent check

test-docker: $(installed)
	npm run --silent test:docker

bench: $(installed)
	npm run --silent bench

# The stamp tells an installation that ended from one that was interrupted.
$(installed): package.json package-lock.json
	npm ci --include=dev --include=optional --loglevel=error
	@touch $@

clean:
	rm -rf node_modules dist coverage
