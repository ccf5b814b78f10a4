using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Board;

/// <summary>The same list on a good line, on a modem, and queued for a modem.</summary>
public sealed partial class ComparisonTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    private const float Patience = 120_000;

    [Fact]
    public async Task A_modem_skips_prices_and_has_none_that_is_old_and_a_queue_ends_with_3008()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var board = await BoardPage.OpenAsync(ada.Page);

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).ClickAsync();

        await Expect(board.Reader("queue").Locator(".verdict")).ToContainTextAsync(Disconnected(), new() { Timeout = Patience });
        await Expect(board.Reader("modem")).ToHaveAttributeAsync("data-state", "reading");
        await Expect(board.Reader("good")).ToHaveAttributeAsync("data-state", "reading");
        await Expect(board.Reader("modem").Locator(".verdict")).ToHaveTextAsync("Newer prices take the place of older ones that wait.");
        Assert.True(await board.NumberAsync("modem", "skipped") > 0);
        Assert.True(await board.NumberAsync("modem", "received") < await board.NumberAsync("good", "received"));
        Assert.True(await board.NumberAsync("modem", "bytes") < await board.NumberAsync("good", "bytes"));
        Assert.True(await board.NumberAsync("modem", "most") < await board.NumberAsync("queue", "most"));

        await ada.Page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Button, new() { Name = "Start" })).ToBeVisibleAsync();
    }

    [GeneratedRegex(@"^Disconnected with 3008 \(.+\) after [0-9]+ s: its queue was full\.$")]
    private static partial Regex Disconnected();
}
