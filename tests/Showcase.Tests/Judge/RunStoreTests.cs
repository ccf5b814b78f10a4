using Showcase.Judge.Runs;

namespace Showcase.Tests.Judge;

public sealed class RunStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("judge");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_second_submission_with_the_same_client_id_is_the_first()
    {
        using var store = new RunStore(_folder.FullName, retained: 10);
        var first = RunQueueTests.SubmissionOf("ada", "1");
        Assert.Equal((first, true), store.Add(first));
        Assert.Equal((first, false), store.Add(first with { Id = "2", Code = "other" }));
        Assert.True(store.Add(first with { Id = "3", User = "bob" }).IsNew);
    }

    [Fact]
    public void What_was_sent_and_its_verdict_survive_a_restart()
    {
        var (open, done) = (RunQueueTests.SubmissionOf("ada", "1") with { Language = ScriptLanguage.TypeScript, Script = "1 " }, RunQueueTests.SubmissionOf("ada", "2"));
        var step = new RunStep(7, RunState.Done, 12, 3, 4.5, 6, Verdict.Exception, "no", 2, 5);
        using (var store = new RunStore(_folder.FullName, retained: 10))
        {
            store.Add(open);
            store.Add(done);
            store.Finish("2", step);
        }

        using (var store = new RunStore(_folder.FullName, retained: 10))
        {
            Assert.Equal([open], store.Unfinished());
            Assert.Equal((done, step with { N = 1 }), store.Find("2"));
            Assert.Equal((open, null), store.Find("1"));
            Assert.Null(store.Find("3"));
            Assert.Equal([done, open], store.Latest("ada", 5));
        }
    }

    [Fact]
    public void The_oldest_runs_are_removed_and_none_without_a_verdict()
    {
        using var store = new RunStore(_folder.FullName, retained: 2);
        for (var number = 1; number <= 5; number++)
        {
            store.Add(RunQueueTests.SubmissionOf("ada", $"{number}"));
            if (number != 2) store.Finish($"{number}", new(1, RunState.Done, 1, Verdict: Verdict.Wrong));
        }

        Assert.Equal(["5", "4", "2"], store.Latest("ada", 10).Select(static sent => sent.Id));
    }

    [Fact]
    public void The_latest_verdicts_are_those_of_submitted_programs_the_newest_first()
    {
        using var store = new RunStore(_folder.FullName, retained: 100);
        Finish("1", "ada", 30, Verdict.Accepted);
        Finish("2", "bob", 20, Verdict.Cancelled);
        Finish("3", "bob", 20, Verdict.Fault);
        Finish("4", "bob", 20, Verdict.Wrong);
        store.Add(RunQueueTests.SubmissionOf("ada", "5"));
        Assert.Equal([("bob", Verdict.Wrong), ("ada", Verdict.Accepted)], store.LatestVerdicts(5).Select(static entry => (entry.User, entry.Verdict)));
        Assert.Equal("bob", Assert.Single(store.LatestVerdicts(1)).User);

        void Finish(string id, string user, double ms, Verdict verdict)
        {
            store.Add(RunQueueTests.SubmissionOf(user, id));
            store.Finish(id, new(1, RunState.Done, 1, Ms: ms, Verdict: verdict));
        }
    }

    [Fact]
    public void The_best_are_the_fastest_accepted_solutions_one_for_each_user()
    {
        using var store = new RunStore(_folder.FullName, retained: 100);
        Finish("1", "ada", 30, Verdict.Accepted);
        Finish("2", "ada", 20, Verdict.Accepted);
        Finish("3", "bob", 10, Verdict.Wrong);
        Finish("4", "eve", 25, Verdict.Accepted);
        Assert.Equal([("ada", 20), ("eve", 25)], store.Best("pairs-that-sum").Select(static best => (best.User, best.Ms)));
        Assert.Empty(store.Best("balanced-brackets"));

        void Finish(string id, string user, double ms, Verdict verdict)
        {
            store.Add(RunQueueTests.SubmissionOf(user, id));
            store.Finish(id, new(1, RunState.Done, 1, 1, ms, 1, verdict));
        }
    }
}
