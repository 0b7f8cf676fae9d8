"""One workflow type per procedure, so that Temporal's own pages tell the procedures apart.

Each writes out its own `run`, for the SDK inherits none. This module imports no procedure: the
workflow sandbox would load the whole domain anew for every run.
"""

from temporalio import workflow

from workflows.case import CaseWorkflow


@workflow.defn(name="FilingReview")
class FilingReview(CaseWorkflow):
    """A filing of an evaluation organisation (备案)."""

    @workflow.run
    async def run(self, case_id: str) -> int:
        """Conduct the filing to its end."""
        return await self.conduct(case_id)


@workflow.defn(name="FilingChange")
class FilingChange(CaseWorkflow):
    """A change of a filing: increment, details, exit, merger (备案变更)."""

    @workflow.run
    async def run(self, case_id: str) -> int:
        """Conduct the change to its end."""
        return await self.conduct(case_id)


@workflow.defn(name="AnnualPlan")
class AnnualPlan(CaseWorkflow):
    """An annual plan of evaluations (年度计划)."""

    @workflow.run
    async def run(self, case_id: str) -> int:
        """Conduct the plan to the end of its year."""
        return await self.conduct(case_id)


@workflow.defn(name="BatchReport")
class BatchReport(CaseWorkflow):
    """A batch of evaluations, from its plan to the archive (批次考务)."""

    @workflow.run
    async def run(self, case_id: str) -> int:
        """Conduct the batch to its end."""
        return await self.conduct(case_id)


@workflow.defn(name="QuestionBankReview")
class QuestionBankReview(CaseWorkflow):
    """The report of a question bank (题库报备)."""

    @workflow.run
    async def run(self, case_id: str) -> int:
        """Conduct the report to its end."""
        return await self.conduct(case_id)


@workflow.defn(name="EvaluationSpecReview")
class EvaluationSpecReview(CaseWorkflow):
    """The filing of an evaluation spec (评价规范备案)."""

    @workflow.run
    async def run(self, case_id: str) -> int:
        """Conduct the filing to its end."""
        return await self.conduct(case_id)


@workflow.defn(name="ProcessCase")
class ProcessCase(CaseWorkflow):
    """A case of a deployed diagram, whichever (流程办件)."""

    @workflow.run
    async def run(self, case_id: str) -> int:
        """Conduct the process to its end."""
        return await self.conduct(case_id)


WORKFLOWS: tuple[type[CaseWorkflow], ...] = (  # what a worker registers
    FilingReview,
    FilingChange,
    AnnualPlan,
    BatchReport,
    QuestionBankReview,
    EvaluationSpecReview,
    ProcessCase,
)
