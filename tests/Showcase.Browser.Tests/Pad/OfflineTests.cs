using System.Diagnostics;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Pad;

/// <summary>People who go on writing without the server.</summary>
public sealed partial class OfflineTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    [Fact]
    public async Task What_is_written_on_a_cut_line_survives_a_reload_and_is_merged_once()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var here = await PadPage.CreateAsync(ada, "Offline");
        await here.WriteAsync("start ");
        await here.IsSavedAsync();
        var there = await PadPage.OpenAsync(bob, here.Path);
        await there.HasTextAsync("start ");

        await ada.LoseNetworkAsync();
        await here.WriteAsync("offline");
        await here.HasTextAsync("start offline");

        // Each letter is a change.
        var unsent = "offline".Length;
        await here.HasUnsentAsync(unsent);
        await there.Text.FocusAsync();
        await there.Page.Keyboard.PressAsync("Control+Home");
        await there.Page.Keyboard.TypeAsync("online ");
        await there.IsSavedAsync();
        await here.HasKeptAsync(unsent);

        // A reloaded page does not return to a cut line, so its sockets are refused in another way.
        var isRefused = true;
        await ada.Page.RouteWebSocketAsync("**/connection/websocket", socket =>
        {
            if (isRefused) _ = socket.CloseAsync();
            else socket.ConnectToServer();
        });
        await ada.Page.ReloadAsync();
        await here.HasTextAsync("start offline");
        await here.HasUnsentAsync(unsent);
        await here.WriteAsync("!");
        isRefused = false;

        await here.IsSavedAsync();
        await here.HasTextAsync("online start offline!");
        await there.HasTextAsync("online start offline!");
        await here.HasKeptAsync(0);
        await ada.Page.ReloadAsync();
        await here.HasTextAsync("online start offline!");
    }

    [Fact]
    public async Task What_a_closed_window_has_not_sent_is_sent_by_the_next_one_and_by_one_that_is_open()
    {
        await using var ada = await PersonAsync("Ada");
        var here = await PadPage.CreateAsync(ada, "Two windows");
        var second = await PadPage.OpenAsync(await ada.NewPageAsync(), here.Path);
        await second.WriteAsync("x");
        await here.HasTextAsync("x");

        foreach (var pad in (PadPage[])[here, second]) await Person.ChooseLineAsync(pad.Page, "cut (connections are reset)");
        foreach (var pad in (PadPage[])[here, second]) await Expect(pad.Page.Locator(".pill")).ToHaveAttributeAsync("data-state", "reconnecting");
        await here.WriteAsync("a");
        await second.WriteAsync("b");
        foreach (var pad in (PadPage[])[here, second]) await Expect(pad.Saved).ToHaveTextAsync("1 change to be sent, kept in this browser");
        await second.HasKeptAsync(1, 1);
        await second.Page.CloseAsync();

        // A window that opens sends what the closed one has kept, while the first one is still away.
        var third = await PadPage.OpenAsync(await ada.NewPageAsync(), here.Path);
        await third.HasTextAsync("xb");
        await third.IsSavedAsync();
        await third.HasKeptAsync(0, 1);

        // And a window that returns sends what another one has left since.
        await Person.ChooseLineAsync(third.Page, "cut (connections are reset)");
        await Expect(third.Page.Locator(".pill")).ToHaveAttributeAsync("data-state", "reconnecting");
        await third.WriteAsync("c");
        await third.HasKeptAsync(1, 1);
        await third.Page.CloseAsync();
        await ada.FindNetworkAsync();
        await here.IsSavedAsync();
        await Expect(here.Text).ToContainTextAsync("c");
        await here.HasKeptAsync(0);
        Assert.Equal("abcx", string.Concat((await here.Text.InnerTextAsync()).Order()));
        using var http = new HttpClient { BaseAddress = showcase.Showcase.Address };
        Assert.Equal(await here.Text.InnerTextAsync(), await http.GetStringAsync(new Uri($"{here.Path}.txt", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_people_who_write_while_one_is_away_for_ten_seconds_have_one_text_afterwards()
    {
        await using var ada = await PersonAsync("Ada");
        await using var bob = await PersonAsync("Bob");
        var here = await PadPage.CreateAsync(ada, "Ten seconds");
        await here.WriteAsync("|");
        await here.IsSavedAsync();
        var there = await PadPage.OpenAsync(bob, here.Path);
        await there.HasTextAsync("|");
        await there.Text.FocusAsync();
        await there.Page.Keyboard.PressAsync("Control+Home");
        await Expect(here.People).ToHaveTextAsync(["Bob"]);
        await ada.LoseNetworkAsync();

        // Whether Bob is still there is unknown.
        await Expect(here.People).ToHaveCountAsync(0);
        await Expect(here.Cursors).ToHaveCountAsync(0);
        await here.WriteAsync("");

        // Both write until the page has been away for 10 s, as its pill counts.
        var pill = ada.Page.Locator(".pill");
        var (own, others) = (0, 0);
        while (!TenSeconds().IsMatch(await pill.InnerTextAsync()))
        {
            await Task.WhenAll(here.Page.Keyboard.TypeAsync("aaaaa", new() { Delay = 50 }), there.Page.Keyboard.TypeAsync("bbbbb", new() { Delay = 50 }));
            (own, others) = (own + 5, others + 5);
        }

        await there.IsSavedAsync();
        await ada.FindNetworkAsync();
        await here.IsSavedAsync();
        foreach (var pad in (PadPage[])[here, there]) await pad.HasTextAsync($"{new string('b', others)}|{new string('a', own)}");
        Assert.True(own >= 20, $"{own} letters");
        await Expect(here.People).ToHaveTextAsync(["Bob"]);
        await Expect(here.Cursors).ToHaveAttributeAsync("data-name", "Bob");
    }

    [GeneratedRegex("attempt [0-9]+ · [0-9]{2,} s")]
    private static partial Regex TenSeconds();

    [Fact]
    public async Task A_server_that_is_killed_while_people_type_costs_no_letter_and_no_reload()
    {
        const string letters = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
        await BuiltPages.Ready;
        var data = Directory.CreateTempSubdirectory("duplex-pad-");
        try
        {
            var first = await StartAsync(data.FullName, port: 0);
            await using var ada = await showcase.Browser.NewPersonAsync(first.Address, "Ada");
            await using var bob = await showcase.Browser.NewPersonAsync(first.Address, "Bob");
            var here = await PadPage.CreateAsync(ada, "Killed");
            var there = await PadPage.OpenAsync(bob, here.Path);
            foreach (var pad in (PadPage[])[here, there]) await pad.Page.EvaluateAsync("window.isSame = true");
            await here.Text.FocusAsync();

            var typing = here.Page.Keyboard.TypeAsync(letters, new() { Delay = 30 });
            await Expect(there.Text).ToContainTextAsync("abcdef");
            first.Process.Kill();
            await first.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
            first.Process.Dispose();
            var second = await StartAsync(data.FullName, first.Address.Port);
            await typing;

            await here.IsSavedAsync();
            await here.HasTextAsync(letters);
            await there.HasTextAsync(letters);
            foreach (var pad in (PadPage[])[here, there]) Assert.True(await pad.Page.EvaluateAsync<bool>("window.isSame === true"));
            second.Process.Kill();
            await second.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
            second.Process.Dispose();
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static async Task<(Process Process, Uri Address)> StartAsync(string data, int port)
    {
        var root = Path.Combine(Repository.Root, "apps", "Showcase");
        var process = Process.Start(new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "Showcase"),
            ["--port", $"{port}", "--market-rate", "off", "--judge", "off", "--data", data, "--contentRoot", root])
        {
            RedirectStandardOutput = true,
        })!;
        var line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        return (process, new Uri(line!.Split(": ", 2)[1]));
    }

    private Task<Person> PersonAsync(string name) => showcase.Browser.NewPersonAsync(showcase.Showcase.Address, name);
}
