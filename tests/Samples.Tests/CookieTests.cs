using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;

namespace Samples.Tests;

/// <summary>Requests of other sites' pages to the sample that authenticates by cookies.</summary>
public sealed class CookieTests
{
    [Fact]
    public async Task Cookie_is_not_for_requests_of_other_sites()
    {
        await using var sample = await Sample.StartAsync("Cookies");

        var cookie = await LogInAsync(sample);

        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.SwitchingProtocols)]
    public async Task Hub_refuses_the_cookie_in_a_handshake_of_another_origin(string? origin, HttpStatusCode status)
    {
        await using var sample = await Sample.StartAsync("Cookies");
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Cookie", (await LogInAsync(sample)).Split(';')[0]);
        socket.Options.SetRequestHeader("Origin", origin ?? sample.Address.GetLeftPart(UriPartial.Authority));

        try
        {
            await socket.ConnectAsync(new UriBuilder(sample.Address) { Scheme = "ws", Path = "/connection/websocket" }.Uri, TestContext.Current.CancellationToken);
        }
        catch (WebSocketException) when (status != HttpStatusCode.SwitchingProtocols)
        {
            // The status is asserted below.
        }

        Assert.Equal(status, socket.HttpStatusCode);
    }

    [Fact]
    public async Task Form_of_another_site_cannot_log_in()
    {
        await using var sample = await Sample.StartAsync("Cookies");
        using var http = new HttpClient { BaseAddress = sample.Address };
        using var form = new FormUrlEncodedContent([new("name", "ann")]);

        using var response = await http.PostAsync("/login", form, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    private static async Task<string> LogInAsync(Sample sample)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = sample.Address };
        using var response = await http.PostAsJsonAsync("/login", new { name = "ann" }, TestContext.Current.CancellationToken);
        return Assert.Single(response.EnsureSuccessStatusCode().Headers.GetValues("Set-Cookie"));
    }
}
