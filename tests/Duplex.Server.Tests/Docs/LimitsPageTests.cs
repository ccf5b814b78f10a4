
namespace Duplex.Server.Tests.Docs;

/// <summary>docs/limits.md against the code.</summary>
public sealed class LimitsPageTests
{
    /// <summary>Set by <c>tests/limits-page</c>: the page is then written rather than compared.</summary>
    private const string WriteVariable = "DUPLEX_WRITE_LIMITS_PAGE";

    [Fact]
    public void Limits_page_says_what_the_code_says()
    {
        var path = Repository.PathOf("docs", "limits.md");
        var page = LimitsPage.Render();
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1") File.WriteAllText(path, page);
        Assert.Equal(page, File.ReadAllText(path));
    }
}
