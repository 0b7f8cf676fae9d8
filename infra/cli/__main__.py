"""`python -m infra.cli`: the command without its script, as the servers start their processes."""

from infra.cli.main import main

if __name__ == "__main__":
    main()
