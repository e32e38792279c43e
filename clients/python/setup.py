"""Builds the stubs from the contracts while the package is built: nothing generated is kept."""

import pathlib

from setuptools import setup
from setuptools.command.build_py import build_py

CONTRACTS = pathlib.Path(__file__).resolve().parent.parent.parent / "proto"


class WithStubs(build_py):
    """Compiles Parley's contracts beside the hand-written package."""

    def run(self):
        super().run()
        import grpc_tools
        from grpc_tools import protoc

        out = pathlib.Path(self.build_lib)
        out.mkdir(parents=True, exist_ok=True)
        files = sorted(
            str(file.relative_to(CONTRACTS))
            for folder in ("parley", "buf")
            for file in (CONTRACTS / folder).rglob("*.proto")
        )
        well_known = pathlib.Path(grpc_tools.__file__).parent / "_proto"
        failed = protoc.main(
            [
                "protoc",
                f"-I{CONTRACTS}",
                f"-I{well_known}",
                f"--python_out={out}",
                f"--pyi_out={out}",
                f"--grpc_python_out={out}",
                *files,
            ]
        )
        if failed:
            raise SystemExit("the contracts do not compile")

    def get_outputs(self, include_bytecode=1):
        made = [str(file) for file in pathlib.Path(self.build_lib).rglob("*_pb2*.py*")]
        return super().get_outputs(include_bytecode) + made


setup(cmdclass={"build_py": WithStubs})
