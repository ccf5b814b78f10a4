using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Start;

/// <summary>What the previews of all cards together may receive: 15 messages and 5 KB a second.</summary>
public sealed class BudgetTests(BusyMarket busy) : IClassFixture<BusyMarket>
{
    // Channels that carry something only when a person acts, or now and then.
    private static readonly string[] OfPeople = ["rooms:latest", "feed:all", "pads:all", "desk:state", "stages:all", "news:wire"];

    [Fact]
    public async Task The_previews_subscribe_at_a_pace_that_keeps_them_within_their_budget()
    {
        await using var ada = await busy.Browser.NewPersonAsync(busy.Showcase.Address, width: 1440, height: 1600);
        var sent = new List<string>();
        var received = new List<string>();
        ada.Page.WebSocket += (_, socket) =>
        {
            // The picture of the stage is one message of a connection of its own.
            if (!socket.Url.EndsWith("/connection/websocket", StringComparison.Ordinal)) return;
            socket.FrameSent += (_, frame) => Add(sent, frame.Text);
            socket.FrameReceived += (_, frame) => Add(received, frame.Text);
        };
        await ada.Page.GotoAsync("/");
        await Expect(ada.Page.Locator(".card")).Not.ToHaveCountAsync(0);
        await Expect(ada.Page.Locator(".preview .opening")).ToHaveCountAsync(0);
        await Expect(ada.Page.Locator(".quote polyline[points]")).ToHaveCountAsync(3);
        await Expect(ada.Page.Locator(".wire-button")).ToBeVisibleAsync();
        var price = ada.Page.Locator(".quote .number").First;
        await Expect(price).Not.ToHaveTextAsync((await price.TextContentAsync())!);

        var (messages, bytes) = (0.0, 0.0);
        foreach (var subscribe in Of(sent, "subscribe").Where(static command => !OfPeople.Contains(command.GetProperty("channel").GetString())))
        {
            var pace = subscribe.GetProperty("data").GetProperty("pace");
            Assert.True(pace.GetProperty("latest").GetBoolean());
            var perSecond = 1000 / pace.GetProperty("delay_ms").GetDouble();
            var channel = subscribe.GetProperty("channel").GetString();
            messages += perSecond;
            bytes += perSecond * Of(received, "push").Where(push => push.GetProperty("channel").GetString() == channel).Select(static push => push.GetRawText().Length).DefaultIfEmpty().Max();
        }

        Assert.InRange(messages, 1, 15);
        Assert.InRange(bytes, 1, 5000);
        TestContext.Current.TestOutputHelper?.WriteLine($"{messages} messages and {bytes} bytes a second at most.");
    }

    private static void Add(List<string> frames, string? text)
    {
        lock (frames) frames.Add(text!);
    }

    // A frame holds a message in each line.
    private static List<JsonElement> Of(List<string> frames, string kind)
    {
        lock (frames)
        {
            return [.. frames.SelectMany(static frame => frame.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                .Select(static line => JsonDocument.Parse(line).RootElement)
                .Where(message => message.TryGetProperty(kind, out _))
                .Select(message => message.GetProperty(kind))];
        }
    }
}
