namespace Duplex.Architecture.Tests;

/// <summary>What the solution lacks is not built, not formatted and not tested, and nobody notices.</summary>
public sealed class SolutionTests
{
    // Published ahead of time by the tests beside them, which see their warnings.
    private static readonly string[] PublishedByTheirTests = ["tests/AotSmoke/Server/AotEchoServer.csproj", "tests/AotSmoke/Hub/AotHub.csproj"];

    [Fact]
    public void Solution_holds_every_project()
    {
        var solution = Repository.Read("Duplex.slnx");
        var missing = Repository.Files
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && !PublishedByTheirTests.Contains(file))
            .Where(file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal));
        Assert.Empty(missing);
    }
}
