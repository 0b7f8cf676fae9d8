"""A conductor that nobody may release: it sleeps before it looks, which no old history did."""

from temporalio import workflow

from workflows.case import CaseWorkflow


@workflow.defn(name="FilingReview")
class SleepsFirst(CaseWorkflow):
    """Breaks the replay of every running case."""

    @workflow.run
    async def run(self, case_id: str) -> int:
        """Sleep, then conduct."""
        await workflow.sleep(1)
        return await self.conduct(case_id)
