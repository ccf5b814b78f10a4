using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Lab;

/// <summary>What a person does on the laboratory's page.</summary>
public sealed class LabPage(IPage page)
{
    /// <summary>The short titles of the ways, in the order of their columns.</summary>
    public static readonly string[] Ways = ["poll, new", "poll, kept", "long poll", "SSE", "WebSocket", "hub"];

    public IPage Page => page;

    public ILocator Status => page.Locator(".controls [role=status]");

    public ILocator Verdict => page.GetByLabel("Verdict", new() { Exact = true });

    public ILocator Results => page.GetByRole(AriaRole.Region, new() { Name = "Results", Exact = true });

    public ILocator RunButton => page.Locator(".controls button[type=submit]");

    public static async Task<LabPage> OpenAsync(Person person, string query = "")
    {
        await person.Page.GotoAsync($"/lab{query}");
        var opened = new LabPage(person.Page);
        await Expect(opened.RunButton).ToBeEnabledAsync();
        return opened;
    }

    public async Task RunAsync()
    {
        await RunButton.ClickAsync();
        await Expect(RunButton).ToHaveTextAsync("Stop");
    }

    public async Task StopAsync()
    {
        await RunButton.ClickAsync();
        await Expect(RunButton).ToHaveTextAsync("Run");
    }

    public Task EndedAsync() => Expect(RunButton).ToHaveTextAsync("Run");

    public ILocator Cell(string row, string way) =>
        Results.Locator("tr", new() { Has = page.Locator($"th:text-is(\"{row}\")") }).Locator($"td[data-title='{way}']");

    /// <summary>Waits until each way has received more than a number of events.</summary>
    public async Task ReceivedAsync(double count)
    {
        foreach (var way in Ways)
        {
            await page.WaitForFunctionAsync(
                "([way, count]) => Number(document.querySelector(`.results tbody tr:first-child td[data-title='${way}']`).textContent.replaceAll(',', '')) > count",
                new object[] { way, count });
        }
    }

    public async Task<double> FigureAsync(string row, string way) =>
        double.Parse(await Cell(row, way).InnerTextAsync(), NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
}
