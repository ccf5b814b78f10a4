using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Showcase.Browser.Tests.Lab;

/// <summary>The other direction: messages from the browser by requests and by a WebSocket at the same time.</summary>
public sealed class LabSendingTests(QuietMarket showcase) : IClassFixture<QuietMarket>
{
    private const string Fetch = "fetch", Socket = "WebSocket";

    [Fact]
    public async Task Messages_by_fetch_cost_a_request_each_and_by_WebSocket_a_tenth_of_the_bytes_and_keep_their_order()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var panel = await StartAsync(ada);
        await ConfirmedAsync(ada, 100);
        await Expect(new LabPage(ada.Page).RunButton).ToBeDisabledAsync();
        await StopAsync(panel);

        // The lines report what they have counted after the last confirmation.
        await ada.Page.WaitForFunctionAsync(
            """
            () => {
                const panel = document.querySelector("[aria-label='The other direction']");
                const figureOf = row => {
                    const line = [...panel.querySelectorAll('tbody tr')].find(tr => tr.querySelector('th').textContent === row);
                    return Number(line.querySelector("td[data-title='fetch']").textContent.replaceAll(',', ''));
                };
                return figureOf('Requests') >= figureOf('Confirmed messages');
            }
            """);
        Assert.Equal(1, await FigureAsync(panel, "Requests", Socket));
        Assert.Equal(1, await FigureAsync(panel, "Connections", Socket));
        Assert.True(await FigureAsync(panel, "Bytes per message", Fetch) > 10 * await FigureAsync(panel, "Bytes per message", Socket));
        Assert.Equal(0, await FigureAsync(panel, "Out of order", Socket));
        Assert.Equal(0, await FigureAsync(panel, "Not confirmed", Socket));
    }

    [Fact]
    public async Task After_a_cut_messages_of_both_ways_were_not_confirmed()
    {
        await using var ada = await showcase.Browser.NewPersonAsync(showcase.Showcase.Address, "Ada");
        var panel = await StartAsync(ada);
        await ConfirmedAsync(ada, 20);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Cut both lines" }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Status)).ToContainTextAsync("Both lines are cut");
        for (var second = 0; second < 2; second++)
        {
            var clock = await panel.GetByRole(AriaRole.Timer).InnerTextAsync();
            await Expect(panel.GetByRole(AriaRole.Timer)).Not.ToHaveTextAsync(clock);
        }

        var before = await FigureAsync(panel, "Confirmed messages", Fetch);
        await panel.GetByRole(AriaRole.Button, new() { Name = "Restore both lines" }).ClickAsync();
        await ConfirmedAsync(ada, before + 20);
        await StopAsync(panel);

        foreach (var way in (string[])[Fetch, Socket]) Assert.True(await FigureAsync(panel, "Not confirmed", way) > 0, way);
        Assert.True(await FigureAsync(panel, "Connections", Socket) >= 2);
    }

    private static async Task<ILocator> StartAsync(Person person)
    {
        await LabPage.OpenAsync(person);
        var panel = person.Page.GetByRole(AriaRole.Region, new() { Name = "The other direction" });
        await panel.GetByRole(AriaRole.Button, new() { Name = "Send messages" }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Status)).ToContainTextAsync("Sending");
        return panel;
    }

    private static async Task StopAsync(ILocator panel)
    {
        await panel.GetByRole(AriaRole.Button, new() { Name = "Stop sending" }).ClickAsync();
        await Expect(panel.GetByRole(AriaRole.Status)).ToContainTextAsync("The run has ended");
    }

    private static async Task ConfirmedAsync(Person person, double count)
    {
        foreach (var way in (string[])[Fetch, Socket])
        {
            await person.Page.WaitForFunctionAsync(
                "([way, count]) => Number(document.querySelector(`[aria-label='The other direction'] tbody tr:first-child td[data-title='${way}']`).textContent.replaceAll(',', '')) > count",
                new object[] { way, count });
        }
    }

    private static async Task<double> FigureAsync(ILocator panel, string row, string way) => double.Parse(
        await panel.Locator("tr", new() { Has = panel.Page.Locator($"th:text-is(\"{row}\")") }).Locator($"td[data-title='{way}']").InnerTextAsync(),
        NumberStyles.Float | NumberStyles.AllowThousands,
        CultureInfo.InvariantCulture);
}
