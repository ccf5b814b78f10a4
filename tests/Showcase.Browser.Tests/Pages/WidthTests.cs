namespace Showcase.Browser.Tests.Pages;

/// <summary>Every page on narrow screens and enlarged.</summary>
public sealed class WidthTests(LiveMarket live) : IClassFixture<LiveMarket>
{
    // 683 is a window of 1366 at 200 %.
    public static TheoryData<string, int> Widths { get; } = new(
        from row in ListedPages.All
        from width in (int[])[320, 390, 683, 1024]
        select (row.Data, width));

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Page_does_not_scroll_sideways(string path, int width)
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address, width, height: 700);
        await ListedPages.OpenAsync(person, path);
        Assert.Equal(width, await person.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }
}
