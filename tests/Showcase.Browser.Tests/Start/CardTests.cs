using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Start;

/// <summary>The cards of the start page.</summary>
public sealed partial class CardTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_card_is_subscribed_only_while_it_is_on_the_screen()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, width: 390, height: 150);
        var (subscribed, unsubscribed) = (new TaskCompletionSource(), new TaskCompletionSource());
        ada.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) =>
        {
            if (!frame.Text!.Contains("rooms:latest", StringComparison.Ordinal)) return;
            if (frame.Text.Contains("\"subscribe\"", StringComparison.Ordinal)) subscribed.TrySetResult();
            if (frame.Text.Contains("\"unsubscribe\"", StringComparison.Ordinal)) unsubscribed.TrySetResult();
        };
        await ada.Page.GotoAsync("/");
        await Expect(ada.Page.Locator(".quote")).Not.ToHaveCountAsync(0);
        Assert.False(subscribed.Task.IsCompleted);

        await ada.Page.Locator(".rooms-preview").ScrollIntoViewIfNeededAsync();
        await Expect(ada.Page.Locator(".rooms-preview a")).ToHaveCountAsync(4);
        await subscribed.Task.WaitAsync(TestContext.Current.CancellationToken);

        await ada.Page.EvaluateAsync("() => scrollTo(0, 0)");
        await unsubscribed.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_pictures_of_cards_stay_with_their_age_while_the_connection_is_lost()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        await ada.Page.GotoAsync("/");
        var ages = ada.Page.Locator(".card .age");
        await Expect(ada.Page.Locator(".rooms-preview a")).ToHaveCountAsync(4);
        await Expect(ages.First).ToBeEmptyAsync();

        await ada.LoseNetworkAsync();
        await Expect(ages.First).ToHaveTextAsync(AgeInSeconds());
        await Expect(ada.Page.Locator(".rooms-preview a")).ToHaveCountAsync(4);

        await ada.FindNetworkAsync();
        await Expect(ages.First).ToBeEmptyAsync();
    }

    [Fact]
    public async Task The_header_stands_in_the_page_before_any_script_runs()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address);
        await ada.Page.RouteAsync("**/*.js", route => route.AbortAsync());

        await ada.Page.GotoAsync("/chat/lobby");

        await Expect(ada.Page.GetByRole(AriaRole.Heading, new() { Name = "Chat" })).ToBeVisibleAsync();
        await Expect(ada.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("Loading the page…");
    }

    [GeneratedRegex(@"^picture of \d+ s ago$")]
    private static partial Regex AgeInSeconds();
}
