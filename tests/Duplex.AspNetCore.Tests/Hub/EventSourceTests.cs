using System.Net;
using Duplex.Messaging;
using Duplex.Messaging.Application;
using Duplex.Messaging.Codes;
using Duplex.Messaging.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub;

/// <summary>What an EventSource, which returns by itself, learns of an end for good. HTML section 9.2.3.</summary>
public sealed class EventSourceTests
{
    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("nonsense", HttpStatusCode.BadRequest)]
    [InlineData("""{"token":"x"}""", HttpStatusCode.Unauthorized)]
    public async Task Refusal_for_good_is_a_status_that_stops_an_event_source(string connect, HttpStatusCode status)
    {
        await using var app = await HubApplication.StartAsync(services: static services =>
            services.AddDuplex(static options => options.AllowAnonymous = false).AddTokens(static options => options.HmacSecretKey = "secret"));

        using var response = await app.OpenAsync(new(HttpMethod.Get, "/connection/uni_sse?cf_connect=" + Uri.EscapeDataString(connect)));

        Assert.Equal(status, response.StatusCode);
        Assert.StartsWith("{\"disconnect\":{\"code\":35", await response.Content.ReadAsStringAsync(HubApplication.Limit), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3004, HttpStatusCode.OK)]
    [InlineData(3005, HttpStatusCode.Unauthorized)]
    [InlineData(3503, HttpStatusCode.Forbidden)]
    [InlineData(4100, HttpStatusCode.OK)]
    [InlineData(4501, HttpStatusCode.Forbidden)]
    public async Task Refusal_is_a_status_where_returning_does_not_help_and_a_push_where_it_may(ushort code, HttpStatusCode status)
    {
        await using var app = await HubApplication.StartAsync(map: app =>
            app.Services.GetRequiredService<ApplicationModel>().Connect = _ => throw new DisconnectException(new Disconnect(code, "no")));

        using var response = await app.OpenAsync(new(HttpMethod.Get, "/connection/uni_sse"));

        Assert.Equal(status, response.StatusCode);
        Assert.Contains("{\"disconnect\":{\"code\":" + code, await response.Content.ReadAsStringAsync(HubApplication.Limit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Head_of_a_one_way_stream_waits_for_what_the_connect_handler_says()
    {
        var answer = new TaskCompletionSource<ConnectDecision>();
        var entered = new TaskCompletionSource();
        await using var app = await HubApplication.StartAsync(map: app => app.Services.GetRequiredService<ApplicationModel>().Connect = async _ =>
        {
            entered.SetResult();
            return await answer.Task;
        });

        var opening = app.OpenAsync(new(HttpMethod.Get, "/connection/uni_sse"));
        await entered.Task.WaitAsync(HubApplication.Limit);
        answer.SetResult(false);

        using var response = await opening;
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Event_source_that_was_ended_for_good_is_answered_with_204_when_it_returns()
    {
        await using var app = await HubApplication.StartAsync();
        using var response = await app.OpenAsync(new(HttpMethod.Get, "/connection/uni_sse"));
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(HubApplication.Limit));
        string connect;
        do connect = (await lines.ReadLineAsync(HubApplication.Limit))!;
        while (connect.Length == 0);

        await app.Hub.Clients.DisconnectAsync(ClientSelector.Anonymous, Disconnects.ForceDisconnect, HubApplication.Limit);
        var rest = await lines.ReadToEndAsync(HubApplication.Limit);
        Assert.EndsWith("data: {\"disconnect\":{\"code\":3503,\"reason\":\"force disconnect\"}}\n\nid: end-3503\n\n", rest, StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, "/connection/uni_sse");
        again.Headers.Add("Last-Event-ID", "end-3503");
        using var answer = await app.OpenAsync(again);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    [Fact]
    public async Task Event_source_that_may_return_gets_no_id()
    {
        await using var app = await HubApplication.StartAsync();
        using var response = await app.OpenAsync(new(HttpMethod.Get, "/connection/uni_sse"));

        await app.StopAsync(HubApplication.Limit);

        var text = await response.Content.ReadAsStringAsync(HubApplication.Limit);
        Assert.EndsWith("\"reason\":\"shutdown\",\"reconnect\":true}}\n\n", text, StringComparison.Ordinal);
    }
}
