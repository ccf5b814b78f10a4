using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Showcase.Exchange.Simulation;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Lab;

/// <summary>The laboratory's experiments without a run: the wire, the seventh tab, and a WebSocket that is refused.</summary>
public sealed class LabStationTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task The_handshake_on_the_wire_has_the_accept_key_of_the_key_that_was_sent()
    {
        await using var ada = await OpenAsync();
        var wire = Station(ada, "The wire");
        await wire.GetByRole(AriaRole.Button, new() { Name = "Open a WebSocket" }).ClickAsync();
        await Expect(wire.Locator(".accept")).ToContainTextAsync("Both are equal");

        var key = await ValueAsync(wire, "Sec-WebSocket-Key");
#pragma warning disable CA5350 // The hash that RFC 6455 requires; it guards nothing.
        var hash = SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
#pragma warning restore CA5350
        Assert.Equal(Convert.ToBase64String(hash), await ValueAsync(wire, "Sec-WebSocket-Accept"));
        await Expect(wire.Locator(".accept li")).ToContainTextAsync([key, key + "258EAFA5", Convert.ToHexStringLower(hash), Convert.ToBase64String(hash), Convert.ToBase64String(hash)]);

        await wire.GetByRole(AriaRole.Button, new() { Name = "Sec-WebSocket-Key", Exact = true }).FocusAsync();
        var marked = await wire.Locator(".marked").AllInnerTextsAsync();
        Assert.Equal($"Sec-WebSocket-Key: {key}", Encoding.ASCII.GetString(Convert.FromHexString(string.Concat(marked))));
    }

    [Fact]
    public async Task The_frame_on_the_wire_unmasks_to_what_was_typed_and_comes_back_unmasked()
    {
        const string typed = "Grüße, wire";
        await using var ada = await OpenAsync();
        var wire = await OpenWireAsync(ada);
        await SendAsync(wire, typed);

        var rows = wire.Locator(".unmasking tbody tr");
        var bytes = Encoding.UTF8.GetByteCount(typed);
        await Expect(rows).ToHaveCountAsync(bytes);
        var plain = new byte[bytes];
        for (var index = 0; index < bytes; index++)
        {
            var cells = await rows.Nth(index).GetByRole(AriaRole.Cell).AllInnerTextsAsync();
            plain[index] = (byte)(ByteOf(cells[0]) ^ ByteOf(cells[1]));
            Assert.Equal(plain[index], ByteOf(cells[2]));
        }

        Assert.Equal(typed, Encoding.UTF8.GetString(plain));
        await Expect(wire.GetByRole(AriaRole.Row).Filter(new() { HasText = "↓ to the browser" }).Filter(new() { HasText = typed })).ToHaveCountAsync(1);
        await Expect(PartOf(wire, "MASK")).ToContainTextAsync("yes");
        await wire.GetByRole(AriaRole.Button, new() { Name = "Frame 2", Exact = true }).PressAsync("Enter");
        await Expect(PartOf(wire, "MASK")).ToContainTextAsync("no");
        await Expect(wire.Locator(".unmasking")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_longer_message_has_a_length_of_16_bits_and_the_close_has_its_code()
    {
        await using var ada = await OpenAsync();
        var wire = await OpenWireAsync(ada);
        await SendAsync(wire, new string('a', 300));
        await Expect(PartOf(wire, "Extended length")).ToContainTextAsync("01 2c");
        await Expect(PartOf(wire, "Extended length")).ToContainTextAsync("300 bytes");

        await wire.GetByRole(AriaRole.Button, new() { Name = "Close it" }).ClickAsync();
        await Expect(wire.GetByRole(AriaRole.Row).Filter(new() { HasText = "Close" }).Filter(new() { HasText = "1000" })).ToHaveCountAsync(2);
        await Expect(wire.GetByRole(AriaRole.Button, new() { Name = "Open a WebSocket" })).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_compressed_message_is_marked_by_RSV1()
    {
        await using var ada = await OpenAsync();
        var wire = Station(ada, "The wire");
        await wire.GetByLabel("with compression").CheckAsync();
        await OpenWireAsync(ada);
        await SendAsync(wire, new string('a', 300));
        await Expect(PartOf(wire, "RSV1")).ToContainTextAsync("The message is compressed");
    }

    [Fact]
    public async Task The_seventh_stream_waits_and_a_WebSocket_to_the_same_port_answers()
    {
        await using var ada = await OpenAsync();
        var tabs = Station(ada, "The seventh tab");
        await tabs.GetByRole(AriaRole.Button, new() { Name = "Open the streams" }).ClickAsync();
        await Expect(tabs.GetByRole(AriaRole.Status)).ToHaveTextAsync("6 of 7 streams are connected, 1 waits.");
        var socket = tabs.GetByRole(AriaRole.Row).Filter(new() { HasText = "WebSocket" });
        await Expect(socket).ToContainTextAsync("echo after");

        // One echo in several may be late on a machine that has other work.
        await ada.Page.WaitForFunctionAsync(
            "() => { const row = [...document.querySelectorAll('[aria-label=\"The seventh tab\"] tr')].find((row) => row.textContent.startsWith('WebSocket')); return Number(/echo after ([\\d.,]+) ms/.exec(row.textContent)?.[1].replace(',', '')) < 100; }");
        await Expect(tabs.GetByRole(AriaRole.Row).Filter(new() { HasText = "Request by fetch" })).ToContainTextAsync("waits");
        await Expect(tabs.GetByRole(AriaRole.Row).Filter(new() { HasText = "connected" })).ToHaveCountAsync(7);

        await tabs.GetByRole(AriaRole.Button, new() { Name = "Close the streams" }).ClickAsync();
        await tabs.GetByLabel("Tabs", new() { Exact = true }).SelectOptionAsync("5");
        await tabs.GetByRole(AriaRole.Button, new() { Name = "Open the streams" }).ClickAsync();
        await Expect(tabs.GetByRole(AriaRole.Status)).ToHaveTextAsync("5 of 5 streams are connected.");
        await Expect(tabs.GetByRole(AriaRole.Row).Filter(new() { HasText = "Request by fetch" })).ToContainTextAsync("answered");
    }

    [Theory]
    [InlineData("http_stream", "POST /connection/http_stream")]
    [InlineData("sse", "GET /connection/sse")]
    public async Task A_client_whose_WebSocket_is_refused_goes_on_without_one(string transport, string request)
    {
        await using var ada = await OpenAsync();
        var refused = Station(ada, "A refused WebSocket");
        await refused.GetByLabel("Next transport").SelectOptionAsync(transport);
        await refused.GetByRole(AriaRole.Button, new() { Name = "Connect", Exact = true }).ClickAsync();
        await Expect(refused.GetByRole(AriaRole.Listitem)).ToContainTextAsync(
            ["Refused: HTTP/1.1 403 Forbidden.", $"{request}. Accepted", $"The client is connected by {transport}."]);
        await Expect(refused).ToContainTextAsync(new Regex(@"[2-9] calls up by POST /emulation, [1-9] replies down"));
        await refused.GetByRole(AriaRole.Button, new() { Name = "Disconnect" }).ClickAsync();
        await Expect(refused.GetByRole(AriaRole.Status)).ToHaveTextAsync("Disconnected.");
    }

    [Fact]
    public async Task After_a_restart_of_the_server_the_panels_report_the_loss_and_begin_again()
    {
        await using var ada = await OpenAsync();
        var wire = await OpenWireAsync(ada);
        var tabs = Station(ada, "The seventh tab");
        await tabs.GetByRole(AriaRole.Button, new() { Name = "Open the streams" }).ClickAsync();
        await Expect(tabs).ToContainTextAsync("echo after");

        await showcase.Showcase.RestartAsync(MarketRate.Off);
        await Expect(tabs.GetByRole(AriaRole.Status)).ToContainTextAsync("The connection to the server is lost.");
        await Expect(wire.GetByRole(AriaRole.Button, new() { Name = "Close it" })).ToBeDisabledAsync();

        await OpenWireAsync(ada);
        await SendAsync(wire, "again");
        await tabs.GetByRole(AriaRole.Button, new() { Name = "Close the streams" }).ClickAsync();
        await tabs.GetByRole(AriaRole.Button, new() { Name = "Open the streams" }).ClickAsync();
        await Expect(tabs).ToContainTextAsync("echo after");
    }

    [Fact]
    public async Task The_panels_fit_a_phone()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, 390, 844, ColorScheme.Light);
        await LabPage.OpenAsync(ada);
        var wire = await OpenWireAsync(ada);
        await SendAsync(wire, "Hello");
        Assert.Equal(390, await ada.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
        await wire.ScreenshotAsync(new() { Path = Path.Combine(Repository.Root, "artifacts", "screenshots", "lab-wire-390.png") });
    }

    private static ILocator Station(Person person, string name) => person.Page.GetByRole(AriaRole.Region, new() { Name = name, Exact = true });

    private static ILocator PartOf(ILocator wire, string name) =>
        wire.Locator(".frame-detail tr").Filter(new() { Has = wire.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }) });

    private static byte ByteOf(string bits) => byte.Parse(bits[..8], NumberStyles.BinaryNumber, CultureInfo.InvariantCulture);

    private static async Task<string> ValueAsync(ILocator wire, string field) =>
        await wire.Locator(".wire-head tr").Filter(new() { Has = wire.Page.GetByRole(AriaRole.Button, new() { Name = field, Exact = true }) })
            .GetByRole(AriaRole.Cell).First.InnerTextAsync();

    private static async Task<ILocator> OpenWireAsync(Person person)
    {
        var wire = Station(person, "The wire");
        await wire.GetByRole(AriaRole.Button, new() { Name = "Open a WebSocket" }).ClickAsync();
        await Expect(wire.GetByRole(AriaRole.Status)).ToContainTextAsync("Open. Send a message");
        return wire;
    }

    private static async Task SendAsync(ILocator wire, string text)
    {
        await wire.GetByLabel("Message", new() { Exact = true }).FillAsync(text);
        await wire.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Expect(wire.Locator(".frame-detail h3")).ToHaveTextAsync("Frame 1, bit by bit");
    }

    private async Task<Person> OpenAsync()
    {
        var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        await LabPage.OpenAsync(ada);
        return ada;
    }
}
