using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Duplex.EventLoop.Hosting;
using Duplex.Messaging.Application;
using Microsoft.AspNetCore.Builder;

namespace Duplex.AspNetCore.Tests.Hub.Users;

/// <summary>AddHttpContextUser makes the user that ASP.NET Core authenticated the hub's user, on every transport.</summary>
public sealed class HttpContextUserTests
{
    private const string Connected = "\"connect\":{\"client\":";

    public static TheoryData<string, string, EventLoopBackEnd> Ways
    {
        get
        {
            var ways = new TheoryData<string, string, EventLoopBackEnd>();
            foreach (var transport in SignInApplication.Transports)
            {
                foreach (var scheme in (string[])[SignInApplication.Cookies, SignInApplication.Bearer])
                {
                    ways.Add(transport, scheme, EventLoopBackEnd.None);
                    ways.Add(transport, scheme, EventLoopBackEnd.Epoll);
                }
            }

            return ways;
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Hub_takes_user_and_principal_from_the_authenticated_request(string transport, string scheme, EventLoopBackEnd backEnd)
    {
        var seen = new ConcurrentQueue<string>();
        await using var app = await SignInApplication.StartAsync(
            hub => hub.OnConnect(context =>
            {
                seen.Enqueue($"{context.Client.User}, {context.Client.Principal?.Identity?.Name}, {context.Client.Principal?.Identity?.IsAuthenticated}");
                return new(ConnectDecision.Allow());
            }),
            scheme: scheme,
            backEnd: backEnd);

        var (ann, first) = await app.OpenAsync(transport, await app.SignInAsync("ann"));
        using (ann) Assert.Contains(Connected, first, StringComparison.Ordinal);
        var (stranger, second) = await app.OpenAsync(transport, null);
        using (stranger) Assert.Contains(Connected, second, StringComparison.Ordinal);

        Assert.Equal(["ann, name of ann, True", ", , False"], seen);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Hub_admits_an_authenticated_client_without_token_and_refuses_an_unauthenticated_one(string transport, string scheme, EventLoopBackEnd backEnd)
    {
        await using var app = await SignInApplication.StartAsync(scheme: scheme, backEnd: backEnd);

        var (ann, first) = await app.OpenAsync(transport, await app.SignInAsync("ann"));
        using (ann) Assert.Contains(Connected, first, StringComparison.Ordinal);
        var (stranger, second) = await app.OpenAsync(transport, null);
        using (stranger) Assert.DoesNotContain(Connected, second, StringComparison.Ordinal);
        var (forger, third) = await app.OpenAsync(transport, scheme == SignInApplication.Cookies ? ("Cookie", ".AspNetCore.Cookies=forged") : ("Authorization", "Bearer forged"));
        using (forger) Assert.DoesNotContain(Connected, third, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Hub_admits_an_unauthenticated_client_where_anonymous_clients_are_allowed(string transport, string scheme, EventLoopBackEnd backEnd)
    {
        await using var app = await SignInApplication.StartAsync(
            configure: static builder => builder.Configure(static options => options.AllowAnonymous = true).AddHttpContextUser(), scheme: scheme, backEnd: backEnd);

        var (stranger, first) = await app.OpenAsync(transport, null);
        using (stranger) Assert.Contains(Connected, first, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http_stream", SignInApplication.Cookies)]
    [InlineData("http_stream", SignInApplication.Bearer)]
    [InlineData("sse", SignInApplication.Cookies)]
    [InlineData("sse", SignInApplication.Bearer)]
    public async Task Emulation_rejects_commands_of_another_user_than_that_of_the_stream_with_403(string transport, string scheme)
    {
        await using var app = await SignInApplication.StartAsync(
            static hub => hub.MapRpc("user", static context => new((object?)context.Client.User)),
            static builder => builder.Configure(static options => options.AllowAnonymous = true).AddHttpContextUser(),
            scheme);
        var ann = await app.SignInAsync("ann");
        var bob = await app.SignInAsync("bob");
        var (stream, first) = await app.OpenAsync(transport, ann);
        using var _ = stream;
        var body = EmulationOf(first, """{"id":2,"rpc":{"method":"user"}}""");

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, body, bob));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, body, null));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(app, body, ann));
        Assert.Contains("""{"id":2,"rpc":{"data":"ann"}}""", await stream.ReadAsync(), StringComparison.Ordinal);

        var (anonymous, second) = await app.OpenAsync(transport, null);
        using var __ = anonymous;
        body = EmulationOf(second, """{"id":2,"rpc":{"method":"user"}}""");
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(app, body, bob));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(app, body, null));
    }

    [Fact]
    public async Task Application_chooses_the_claim_of_the_user_and_a_user_without_it_is_anonymous()
    {
        var seen = new ConcurrentQueue<string>();
        await using var app = await SignInApplication.StartAsync(
            hub => hub.OnConnect(context =>
            {
                seen.Enqueue(context.Client.User);
                return new(ConnectDecision.Allow());
            }),
            static builder => builder.AddHttpContextUser(static principal => principal.HasClaim("staff", "true") ? principal.FindFirstValue(ClaimTypes.Name) : null));

        foreach (var user in (string[])["ann", "staff-bob"])
        {
            var (client, first) = await app.OpenAsync("websocket", await app.SignInAsync(user));
            using (client) Assert.Contains(Connected, first, StringComparison.Ordinal);
        }

        Assert.Equal(["", "name of staff-bob"], seen);
    }

    [Fact]
    public async Task Hub_ignores_the_principal_of_the_request_unless_the_application_asks_for_it()
    {
        var seen = new ConcurrentQueue<(string, bool)>();
        await using var app = await SignInApplication.StartAsync(
            hub => hub.OnConnect(context =>
            {
                seen.Enqueue((context.Client.User, context.Client.Principal is null));
                return new(ConnectDecision.Allow());
            }),
            static _ => { });

        var (client, first) = await app.OpenAsync("websocket", await app.SignInAsync("ann"));
        using (client) Assert.Contains(Connected, first, StringComparison.Ordinal);

        Assert.Equal(("", true), Assert.Single(seen));
    }

    [Fact]
    public async Task Mapping_throws_where_a_header_names_the_user_too()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => SignInApplication.StartAsync(
            configure: static builder => builder.AddHttpContextUser().ConfigureTransports(static options => options.UserIdHeader = "X-User")));

        Assert.Contains("UserIdHeader (X-User)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mapping_throws_where_pages_of_every_origin_could_use_the_users_cookies()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => SignInApplication.StartAsync(
            configure: static builder => builder.AddHttpContextUser().ConfigureTransports(static options => options.AllowedOrigins.Add("*"))));

        Assert.Contains("AllowedOrigins contains *", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_of_any_origin_cannot_use_the_users_cookies_though_a_cors_policy_allows_every_origin()
    {
        await using var app = await SignInApplication.StartAsync(
            static hub => hub.RequireCors(static policy => policy.AllowAnyOrigin()),
            static builder => builder.Configure(static options => options.AllowAnonymous = true).AddHttpContextUser());
        var ann = await app.SignInAsync("ann");

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(ann));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(proof: null));

        async Task<HttpStatusCode> StatusAsync((string Name, string Value)? proof)
        {
            using var response = await app.SendAsync("/connection/http_stream", """{"id":1,"connect":{}}""", proof, "https://evil.example");
            return response.StatusCode;
        }
    }

    private static string EmulationOf(string first, string data)
    {
        var reply = first.StartsWith("data: ", StringComparison.Ordinal) ? first["data: ".Length..] : first;
        using var json = JsonDocument.Parse(reply);
        var connect = json.RootElement.GetProperty("connect");
        return JsonSerializer.Serialize(new { session = connect.GetProperty("session").GetString(), node = connect.GetProperty("node").GetString(), data });
    }

    private static async Task<HttpStatusCode> StatusAsync(SignInApplication app, string body, (string Name, string Value)? proof)
    {
        using var response = await app.SendAsync("/emulation", body, proof);
        return response.StatusCode;
    }
}
