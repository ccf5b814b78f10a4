using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Stage;

/// <summary>What a person does on the page of a stage.</summary>
public sealed class StagePage(IPage page)
{
    public IPage Page => page;

    public ILocator Figures => page.Locator(".picture .figures");

    public ILocator Slide => page.Locator(".slide");

    public ILocator Notice => page.Locator(".picture .over");

    public ILocator Questions => page.Locator(".questions li");

    public static async Task<StagePage> OpenAsync(Person person, string path = "/webinar")
    {
        await person.Page.GotoAsync(path);
        var opened = new StagePage(person.Page);
        await Expect(person.Page.Locator(".stage-page .stage")).ToBeVisibleAsync();
        return opened;
    }

    /// <summary>Goes on stage with a source.</summary>
    public async Task GoOnStageAsync(string source = "Test card", string title = "A talk")
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on stage" }).ClickAsync();
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync(title);
        await page.GetByLabel(source, new() { Exact = true }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Leave the stage" })).ToBeVisibleAsync();
    }

    public async Task LeaveAsync()
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave the stage" }).ClickAsync();
        await Expect(Slide).ToBeHiddenAsync();
    }

    public Task TurnOnSoundAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Turn on the sound" }).ClickAsync();

    /// <summary>Waits until a figure of the picture is in a range, and returns it.</summary>
    public async Task<int> FigureAsync(string name, int least, int most = int.MaxValue)
    {
        await page.WaitForFunctionAsync(
            "([name, least, most]) => { const value = Number(document.querySelector('.picture .figures')?.dataset[name] ?? NaN); return value >= least && value <= most; }",
            new object[] { name, least, most });
        return await ReadAsync(name);
    }

    public async Task<int> ReadAsync(string name) => int.Parse(await Figures.GetAttributeAsync($"data-{name}") ?? "", CultureInfo.InvariantCulture);

    /// <summary>Whether the picture has colours: one that was not drawn is black.</summary>
    public Task<bool> HasPictureAsync() => page.EvaluateAsync<bool>(
        "() => document.querySelector('.picture canvas').getContext('2d').getImageData(0, 0, 640, 100).data.some((value, index) => index % 4 < 3 && value > 127)");

    /// <summary>Reads the time that the test card painted from the picture, and returns its age in milliseconds.</summary>
    public Task<int> DelayAsync() => page.EvaluateAsync<int>("""
        () => new Promise((resolve) => {
          const before = document.querySelector('.picture .figures').dataset.count;
          const look = () => {
            if (document.querySelector('.picture .figures').dataset.count === before) return requestAnimationFrame(look);
            const context = document.querySelector('.picture canvas').getContext('2d');
            let time = 0;
            for (let bit = 0; bit < 24; bit++) if (context.getImageData(90 + bit * 20, 340, 1, 1).data[0] > 127) time += 2 ** bit;
            const now = Math.floor(performance.timeOrigin + performance.now()) % 2 ** 24;
            resolve((now - time + 2 ** 24) % 2 ** 24);
          };
          look();
        })
        """);
}
