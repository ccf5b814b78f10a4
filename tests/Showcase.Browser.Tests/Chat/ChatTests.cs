using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Chat;

/// <summary>Two people in a room.</summary>
public sealed class ChatTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task A_message_reaches_the_other_and_is_marked_as_read()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var writing = await ChatPage.OpenAsync(ada, "lobby");
        var reading = await ChatPage.OpenAsync(bob, "lobby");
        await writing.WriteAsync("Good morning");
        await Expect(reading.Message("Good morning")).ToHaveCountAsync(1);
        await Expect(reading.Message("Good morning")).ToContainTextAsync("Ada");
        await Expect(writing.Message("Good morning")).ToContainTextAsync("read by Bob");
    }

    [Fact]
    public async Task Who_comes_and_goes_is_seen()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var staying = await ChatPage.OpenAsync(ada, "engineering");
        await using (var carol = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Carol"))
        {
            await ChatPage.OpenAsync(carol, "engineering");
            await Expect(staying.People).ToContainTextAsync("Carol");
            await Expect(staying.Status).ToHaveTextAsync("Carol joined");
        }

        await Expect(staying.People).Not.ToContainTextAsync("Carol");
        await Expect(staying.Status).ToHaveTextAsync("Carol left");
    }

    [Fact]
    public async Task Typing_shows_while_somebody_writes()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var watching = await ChatPage.OpenAsync(ada, "markets");
        var writing = await ChatPage.OpenAsync(bob, "markets");
        await writing.Field.PressSequentiallyAsync("Well");
        await Expect(watching.Status).ToHaveTextAsync("Bob is typing…");
        await writing.Field.PressAsync("Enter");
        await Expect(watching.Status).Not.ToContainTextAsync("typing");
    }

    [Fact]
    public async Task Typing_is_signalled_again_during_a_pause_and_no_more_without_a_text()
    {
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var signs = 0;
        bob.Page.WebSocket += (_, socket) => socket.FrameSent += (_, frame) => signs += frame.Text?.Contains("\"publish\"", StringComparison.Ordinal) == true ? 1 : 0;
        await bob.Page.Clock.InstallAsync();
        var writing = await ChatPage.OpenAsync(bob, "markets");
        await writing.Field.PressSequentiallyAsync("Well");
        await bob.Page.Clock.FastForwardAsync(4000);
        await writing.WriteAsync("Well, yes");
        await Expect(writing.Message("Well, yes")).ToHaveAttributeAsync("data-state", "sent");
        Assert.Equal(2, signs);
        await bob.Page.Clock.FastForwardAsync(4000);
        await writing.WriteAsync("and no");
        await Expect(writing.Message("and no")).ToHaveAttributeAsync("data-state", "sent");
        Assert.Equal(3, signs);
    }

    [Fact]
    public async Task What_was_written_offline_arrives_once_and_nothing_is_missed()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var away = await ChatPage.OpenAsync(ada, "markets");
        var there = await ChatPage.OpenAsync(bob, "markets");
        await ada.LoseNetworkAsync();
        await away.WriteAsync("first from the tunnel");
        await away.WriteAsync("second from the tunnel");
        await there.WriteAsync("are you there");
        await Expect(away.Message("first from the tunnel")).ToContainTextAsync("waiting to be sent");

        await ada.FindNetworkAsync();

        await Expect(away.Page.Locator(".toast")).ToHaveTextAsync(new Regex(@"^While you were away \(0:\d\d\): 1 new message\."));
        foreach (var page in (ChatPage[])[away, there])
        {
            foreach (var text in (string[])["first from the tunnel", "second from the tunnel", "are you there"])
            {
                await Expect(page.Message(text)).ToHaveAttributeAsync("data-state", "sent");
                await Expect(page.Message(text)).ToHaveCountAsync(1);
            }
        }
    }

    [Fact]
    public async Task Scrolling_up_brings_older_messages()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var writing = await ChatPage.OpenAsync(ada, "random");
        for (var number = 1; number <= 70; number++) await writing.WriteAsync($"line {number}");
        await Expect(writing.Message("line 70")).ToHaveAttributeAsync("data-state", "sent");

        await using var bob = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Bob");
        var reading = await ChatPage.OpenAsync(bob, "random");
        await Expect(reading.Message("line 70")).ToBeVisibleAsync();
        await Expect(reading.Message("line 1")).ToHaveCountAsync(0);
        await reading.Page.Locator(".messages").EvaluateAsync("list => { list.scrollTop = 0; }");
        await Expect(reading.Message("line 1")).ToHaveCountAsync(1);
        await Expect(reading.Page.Locator(".message")).ToHaveCountAsync(70);
    }

    [Theory]
    [InlineData(1440, 900, ColorScheme.Dark)]
    [InlineData(1366, 768, ColorScheme.Dark)]
    [InlineData(1024, 768, ColorScheme.Light)]
    [InlineData(390, 844, ColorScheme.Light)]
    public async Task Page_fits_its_width(int width, int height, ColorScheme theme)
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, width, height, theme);
        var chat = await ChatPage.OpenAsync(ada, "lobby");
        await chat.WriteAsync($"A picture {width} pixels wide, with a text that is long enough to need more than one line on a phone");
        await Expect(chat.Page.Locator(".message[data-state=sent]").Last).ToBeVisibleAsync();
        var path = Path.Combine(Repository.Root, "artifacts", "screenshots", $"chat-{width}.png");
        await chat.Page.ScreenshotAsync(new PageScreenshotOptions { Path = path });
        Assert.Equal(width, await chat.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }
}
