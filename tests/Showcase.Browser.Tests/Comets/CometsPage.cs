using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Comets;

/// <summary>What a pilot does on the game's page.</summary>
public sealed partial class CometsPage(IPage page)
{
    public IPage Page => page;

    public ILocator Status => page.Locator(".stage .status");

    /// <summary>The own row of the pilots.</summary>
    public ILocator Own => page.Locator(".board [data-own]");

    /// <summary>Whom a spectator follows.</summary>
    public ILocator Follow => page.GetByLabel("Follow", new() { Exact = true });

    /// <summary>Opens a room and waits until a ship flies.</summary>
    public static Task<CometsPage> OpenAsync(Person person, string path) => OpenAsync(person.Page, path);

    public static async Task<CometsPage> OpenAsync(IPage page, string path)
    {
        await page.GotoAsync(path);
        var opened = new CometsPage(page);
        await Expect(opened.Own).ToHaveCountAsync(1);
        return opened;
    }

    public ILocator Figure(string name) => page.Locator($"[data-figure={name}]");

    public ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public Task SwitchAsync(string name) => page.GetByLabel(name, new() { Exact = true }).ClickAsync();

    /// <summary>Chooses a line of 150 ms each way, and waits until the ship flies on it.</summary>
    public async Task DelayAsync()
    {
        await page.GetByLabel("Delay each way").SelectOptionAsync("150");
        await Expect(Figure("roundTrip")).ToHaveTextAsync(AtLeast300());
        // The inputs of a round trip: 18 of 60 a second.
        await Expect(Figure("waiting")).ToHaveTextAsync(AtLeast15());
    }

    /// <summary>Holds a key that turns the ship until the page has counted the frames until the drawn ship turned.</summary>
    public async Task<int> FramesToAnswerAsync()
    {
        var before = int.Parse((await Figure("answer").GetAttributeAsync("data-answers"))!, CultureInfo.InvariantCulture);
        await page.Locator(".arena").FocusAsync();
        await page.Keyboard.DownAsync("ArrowLeft");
        await Expect(Figure("answer")).ToHaveAttributeAsync("data-answers", $"{before + 1}");
        await page.Keyboard.UpAsync("ArrowLeft");
        return int.Parse((await Figure("answer").InnerTextAsync()).Split(' ')[0], CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^([3-9][0-9]{2}|[0-9]{4,}) ms$")]
    private static partial Regex AtLeast300();

    [GeneratedRegex("^(1[5-9]|[2-9][0-9]|1[0-9]{2})$")]
    private static partial Regex AtLeast15();
}
