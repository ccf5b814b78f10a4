namespace Duplex.Architecture.Tests;

/// <summary>What the solution lacks is not built, not formatted and not tested, and nobody notices.</summary>
public sealed class SolutionTests
{
    // Published ahead of time by the test beside it, which sees its warnings.
    private const string PublishedByItsTest = "tests/AotSmoke/Server/AotEchoServer.csproj";

    [Fact]
    public void Solution_holds_every_project()
    {
        var solution = Repository.Read("Duplex.slnx");
        var missing = Repository.Files
            .Where(file => file.EndsWith(".csproj", StringComparison.Ordinal) && file != PublishedByItsTest)
            .Where(file => !solution.Contains($"\"{file}\"", StringComparison.Ordinal));
        Assert.Empty(missing);
    }
}
