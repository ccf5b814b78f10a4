namespace Duplex.Architecture.Tests;

/// <summary>Continuous integration runs what people run, with actions that nobody can change behind it.</summary>
public sealed class WorkflowTests
{
    private static readonly string[] Lines = Repository.Read(".github/workflows/ci.yml").Split('\n');

    [Fact]
    public void Workflow_runs_the_script_of_the_repository() =>
        Assert.Contains(Lines, static line => line.Trim() == "run: .ci/run");

    [Fact]
    public void Actions_are_pinned_to_a_commit()
    {
        var actions = Lines.Where(static line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(actions);
        Assert.All(actions, static action => Assert.Matches("uses: actions/[a-z-]+@[0-9a-f]{40} # v[0-9.]+$", action));
    }
}
