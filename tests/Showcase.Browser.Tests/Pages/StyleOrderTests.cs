namespace Showcase.Browser.Tests.Pages;

/// <summary>The styles of a page come after the shared ones: of two rules that select equally well, the later wins.</summary>
public sealed class StyleOrderTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Theory]
    [MemberData(nameof(ListedPages.All), MemberType = typeof(ListedPages))]
    public async Task Shared_styles_come_first(string path)
    {
        await using var person = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        await ListedPages.OpenAsync(person, path);
        Assert.True(await person.Page.EvaluateAsync<bool>(
            "() => [...document.querySelector('link[rel=stylesheet]').sheet.cssRules].some(({ selectorText }) => selectorText === ':root')"));
    }
}
