using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Pages;

/// <summary>Every page names the next step while its server is away.</summary>
public sealed class LostServerTests(LiveMarket live) : IClassFixture<LiveMarket>
{
    [Theory]
    [MemberData(nameof(ListedPages.Live), MemberType = typeof(ListedPages))]
    public async Task Page_that_finds_no_server_says_how_to_start_it(string path)
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        await person.Page.RouteWebSocketAsync("**/connection/websocket", static socket => _ = socket.CloseAsync());
        await person.Page.GotoAsync(path);
        await Expect(person.Page.GetByText(new Regex("start it with ./run", RegexOptions.IgnoreCase)).First).ToBeVisibleAsync();
    }

    [Theory]
    [MemberData(nameof(ListedPages.Live), MemberType = typeof(ListedPages))]
    public async Task Page_that_loses_its_server_says_how_to_reconnect(string path)
    {
        await using var person = await live.Browser.NewPersonAsync(live.Showcase.Address);
        await ListedPages.OpenAsync(person, path);
        await person.LoseNetworkAsync();
        await Expect(person.Page.Locator(".toasts")).ToContainTextAsync("Choose “as it is” under “wire” to reconnect.");
        await person.FindNetworkAsync();
        await Expect(person.Page.Locator(".toasts")).Not.ToContainTextAsync("reconnect");
    }
}
