using Showcase.Judge.Runs;

namespace Showcase.Tests.Judge;

public sealed class RunQueueTests
{
    private readonly RunQueue _queue = new(most: 20, mostPerUser: 10);

    [Fact]
    public void Users_take_turns_and_each_user_s_runs_keep_their_order()
    {
        Add("ada", "a1", "a2", "a3");
        Add("bob", "b1");
        Add("eve", "e1", "e2");
        Assert.Equal(["a1", "b1", "e1", "a2", "e2", "a3"], Taken());
    }

    [Fact]
    public void The_order_that_is_announced_is_the_order_in_which_runs_are_taken()
    {
        Add("ada", "a1", "a2", "a3");
        Add("bob", "b1", "b2");
        _queue.Take();
        Add("eve", "e1");
        var announced = _queue.InOrder().Select(static run => run.Submission.Id).ToArray();
        Assert.Equal(announced, Taken());
    }

    [Fact]
    public void A_user_who_comes_late_waits_for_one_run_of_each_other_user()
    {
        Add("ada", "a1", "a2", "a3", "a4", "a5");
        Add("bob", "b1");
        Assert.Equal("b1", _queue.InOrder()[1].Submission.Id);
    }

    [Fact]
    public void Twenty_submissions_at_once_are_fair_by_user()
    {
        for (var number = 0; number < 17; number++) Add("ada", $"a{number}");
        Add("bob", "b0");
        Add("eve", "e0");
        Add("tim", "t0");
        Assert.Equal(["a0", "b0", "e0", "t0"], Taken().Take(4));
    }

    [Fact]
    public void A_removed_run_is_not_taken_and_the_others_keep_their_order()
    {
        var runs = Add("ada", "a1", "a2", "a3");
        Assert.True(_queue.Remove(runs[1]));
        Assert.False(_queue.Remove(runs[1]));
        Assert.Equal(2, _queue.Count);
        Assert.Equal(["a1", "a3"], Taken());
        Assert.Null(_queue.Take());
    }

    [Fact]
    public void A_user_s_run_beyond_the_limit_is_refused_and_another_s_is_not()
    {
        Add("ada", [.. Enumerable.Range(0, 10).Select(static number => $"a{number}")]);
        Assert.Contains("10 of your runs are waiting", _queue.Refusal("ada"), StringComparison.Ordinal);
        Assert.Null(_queue.Refusal("bob"));
    }

    [Fact]
    public void A_full_queue_refuses_everybody()
    {
        foreach (var user in (string[])["ada", "bob"]) Add(user, [.. Enumerable.Range(0, 10).Select(number => $"{user}{number}")]);
        Assert.Contains("20 runs are waiting", _queue.Refusal("eve"), StringComparison.Ordinal);
    }

    internal static Submission SubmissionOf(string user, string id, string code = "function solve() {}", string problem = "pairs-that-sum") =>
        new(id, user, user, $"client-{id}", problem, ScriptLanguage.JavaScript, code, SamplesOnly: false, Time: 1);

    private List<Run> Add(string user, params string[] ids)
    {
        var runs = ids.Select(id => new Run(SubmissionOf(user, id), tests: 1)).ToList();
        runs.ForEach(_queue.Add);
        return runs;
    }

    private List<string> Taken()
    {
        var taken = new List<string>();
        while (_queue.Take() is { } run) taken.Add(run.Submission.Id);
        return taken;
    }
}
