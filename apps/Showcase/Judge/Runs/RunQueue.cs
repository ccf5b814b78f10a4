namespace Showcase.Judge.Runs;

/// <summary>The runs that wait, in turns of their users: a user with many runs delays nobody else's first. Not safe from several threads.</summary>
internal sealed class RunQueue(int most, int mostPerUser)
{
    // Users in the order of their turns; each has at least one run that waits.
    private readonly List<(string User, Queue<Run> Runs)> _turns = [];

    /// <summary>The number of runs that wait.</summary>
    public int Count { get; private set; }

    /// <summary>Returns the reason why a run of the user cannot wait, or null when it can.</summary>
    public string? Refusal(string user) =>
        Count >= most ? $"{Count} runs are waiting: try again in a moment."
        : RunsOf(user)?.Count >= mostPerUser ? $"{mostPerUser} of your runs are waiting: wait for one, or cancel it."
        : null;

    /// <summary>Adds a run behind those of its user.</summary>
    public void Add(Run run)
    {
        if (RunsOf(run.Submission.User) is { } runs) runs.Enqueue(run);
        else _turns.Add((run.Submission.User, new([run])));
        Count++;
    }

    /// <summary>Removes and returns the next run, or null when none waits.</summary>
    public Run? Take()
    {
        if (_turns.Count == 0) return null;
        var turn = _turns[0];
        _turns.RemoveAt(0);
        var run = turn.Runs.Dequeue();
        if (turn.Runs.Count > 0) _turns.Add(turn);
        Count--;
        return run;
    }

    /// <summary>Removes a run; false when it does not wait.</summary>
    public bool Remove(Run run)
    {
        var index = _turns.FindIndex(turn => turn.Runs.Contains(run));
        if (index < 0) return false;
        var rest = _turns[index].Runs.Where(other => other != run).ToArray();
        if (rest.Length == 0) _turns.RemoveAt(index);
        else _turns[index] = (_turns[index].User, new(rest));
        Count--;
        return true;
    }

    /// <summary>Returns the runs in the order in which they will be taken when no other is added.</summary>
    public IReadOnlyList<Run> InOrder()
    {
        var rounds = _turns.Count == 0 ? 0 : _turns.Max(static turn => turn.Runs.Count);
        return [.. Enumerable.Range(0, rounds).SelectMany(round => _turns.Where(turn => turn.Runs.Count > round).Select(turn => turn.Runs.ElementAt(round)))];
    }

    private Queue<Run>? RunsOf(string user) => _turns.Find(turn => turn.User == user).Runs;
}
