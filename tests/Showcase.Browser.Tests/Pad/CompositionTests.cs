using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Pad;

/// <summary>Text by an input method: what is being composed is in the editor before the person has chosen it.</summary>
public sealed class CompositionTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    private const int DelayMs = 150;
    private static readonly string[] Stages = ["k", "か", "かn", "かん", "かんじ"];

    [Theory]
    [InlineData("Control+Home")]
    [InlineData("Home")]
    [InlineData("End")]
    public async Task A_composition_while_others_write_loses_and_doubles_nothing_at_300_ms(string place)
    {
        using var http = new HttpClient { BaseAddress = showcase.Showcase.Address };
        var line = await (await http.PostAsJsonAsync("/lines", new { }, TestContext.Current.CancellationToken))
            .Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var address = new UriBuilder(showcase.Showcase.Address) { Port = line.GetProperty("port").GetInt32() }.Uri;
        await using var ada = await showcase.Browser.NewPersonAsync(address, "Ada");
        await using var bob = await showcase.Browser.NewPersonAsync(address, "Bob");
        var here = await PadPage.CreateAsync(ada, "Composition");
        await here.WriteAsync("first");
        await ada.Page.Keyboard.PressAsync("Enter");
        await here.WriteAsync("word");
        await here.IsSavedAsync();
        var there = await PadPage.OpenAsync(bob, here.Path);
        await there.WriteAsync("");
        await there.Page.Keyboard.PressAsync(place);
        await here.WriteAsync("");
        await here.IsSavedAsync();

        // A round trip of 300 ms for both from now on.
        (await http.PutAsJsonAsync($"/lines/{line.GetProperty("id").GetString()}", new { delayMs = DelayMs }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var method = await ada.Page.Context.NewCDPSessionAsync(ada.Page);
        var last = here.Page.Locator(".cm-line").Last;

        var written = "";
        for (var word = 0; word < 2; word++)
        {
            foreach (var stage in Stages)
            {
                await method.SendAsync("Input.imeSetComposition", new() { ["text"] = stage, ["selectionStart"] = stage.Length, ["selectionEnd"] = stage.Length });
                await there.Page.Keyboard.TypeAsync("b");
                written += "b";
                await there.IsSavedAsync();
                await Expect(last).ToContainTextAsync(stage);

                // What others write elsewhere arrives within the composition.
                if (place == "Control+Home") await Expect(here.Page.Locator(".cm-line").First).ToHaveTextAsync($"{written}first");
            }

            await method.SendAsync("Input.insertText", new() { ["text"] = "漢字" });
            await Expect(last).ToContainTextAsync(new Regex(word == 0 ? "漢字" : "漢字.*漢字"));
        }

        await Expect(here.Text).ToHaveTextAsync(new Regex($"^([^b]*b){{{written.Length}}}[^b]*$"));
        var lines = await here.Page.Locator(".cm-line").AllInnerTextsAsync();
        await Expect(there.Page.Locator(".cm-line")).ToHaveTextAsync(lines);

        // What the other page shows is stored.
        var stored = await http.GetStringAsync(new Uri($"{here.Path}.txt", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(lines, stored.Split('\n'));
        Assert.Equal($"first\nword漢字漢字{written}".Order(), stored.Order());
        Assert.Equal(2, stored.Split("漢字").Length - 1);
        if (place != "End") Assert.Equal(place == "Home" ? $"first\n{written}word漢字漢字" : $"{written}first\nword漢字漢字", stored);
    }
}
