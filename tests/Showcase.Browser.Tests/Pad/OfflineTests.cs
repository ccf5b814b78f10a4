using System.Diagnostics;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Pad;

/// <summary>People who go on writing without the server.</summary>
public sealed class OfflineTests(QuietMarket showcase) : IClassFixture<QuietMarket>
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
        var unsent = await here.UnsentAsync();
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
        Assert.Equal(unsent, await here.UnsentAsync());
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
    public async Task Only_one_window_of_a_browser_keeps_the_changes_and_the_other_names_its_limit()
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
        await Expect(here.Saved).ToHaveTextAsync("1 change to be sent, kept in this browser");
        await Expect(second.Saved).ToHaveTextAsync("1 change to be sent, kept while this window is open");

        foreach (var pad in (PadPage[])[here, second]) await Person.ChooseLineAsync(pad.Page, "as it is");
        await here.IsSavedAsync();
        await second.IsSavedAsync();
        Assert.Equal(await here.Text.InnerTextAsync(), await second.Text.InnerTextAsync());
        Assert.Equal("abx", string.Concat((await here.Text.InnerTextAsync()).Order()));
    }

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
