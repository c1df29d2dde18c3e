# Thin: everything is in ./lw, which needs no make.
.PHONY: run test check bundle lock bench fight

run test check bundle lock:
	@./lw $@

bench:
	@./lw bench

fight:
	@./lw bench fight
