using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Duplex.AspNetCore.Hosting;
using Duplex.AspNetCore.Tests.WebSockets;
using Duplex.EventLoop.Hosting;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Duplex.AspNetCore.Tests.Hub.Users;

/// <summary>An application whose users sign in with a scheme of ASP.NET Core and then open clients of the hub.</summary>
internal sealed class SignInApplication : IAsyncDisposable
{
    public const string Cookies = CookieAuthenticationDefaults.AuthenticationScheme;
    public const string Bearer = BearerTokenDefaults.AuthenticationScheme;

    private readonly EchoApplication _application;
    private readonly HttpClient _http;
    private readonly string _scheme;

    private SignInApplication(EchoApplication application, string scheme)
    {
        _application = application;
        _scheme = scheme;
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = application.Address };
    }

    public IServiceProvider Services => _application.Application.Services;

    public static string[] Transports => ["websocket", "uni_websocket", "http_stream", "sse", "uni_http_stream", "uni_sse"];

    public static async Task<SignInApplication> StartAsync(
        Action<DuplexEndpointConventionBuilder>? hub = null,
        Action<DuplexBuilder>? configure = null,
        string scheme = Cookies,
        EventLoopBackEnd backEnd = EventLoopBackEnd.None) => new(
        await EchoApplication.StartAsync(
            endpoints =>
            {
                var app = (WebApplication)endpoints;
                app.UseCors();
                app.UseAuthentication();
                app.MapPost("/login", static (string user, string scheme) => Results.SignIn(PrincipalOf(user, scheme), authenticationScheme: scheme));
                var mapped = app.MapDuplex();
                hub?.Invoke(mapped);
            },
            services =>
            {
                services.AddDataProtection().UseEphemeralDataProtectionProvider();
                services.AddCors();
                services.AddAuthentication(scheme).AddCookie().AddBearerToken();
                services.AddAuthorizationBuilder()
                    .AddPolicy("staff", static policy => policy.RequireClaim("staff", "true"))
                    .AddPolicy("signed-in", static policy => policy.RequireAuthenticatedUser());
                var builder = services.AddDuplex();
                if (configure is null) builder.AddHttpContextUser();
                else configure(builder);
            },
            host => host.UseDuplexEventLoops(loops => loops.BackEnd = backEnd)),
        scheme);

    /// <summary>Signs a user in and returns the header field that proves it. Users whose names begin with <c>staff-</c> have the claim of the staff.</summary>
    public async Task<(string Name, string Value)> SignInAsync(string user)
    {
        using var response = await _http.PostAsync($"/login?user={user}&scheme={_scheme}", null, EchoApplication.Limit);
        response.EnsureSuccessStatusCode();
        if (_scheme == Cookies) return ("Cookie", Assert.Single(response.Headers.GetValues("Set-Cookie")).Split(';')[0]);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(EchoApplication.Limit);
        return ("Authorization", $"Bearer {answer.GetProperty("accessToken").GetString()}");
    }

    /// <summary>Opens a client on a transport with a connect command, and returns it with the first message that it receives.</summary>
    public async Task<(SignInClient Client, string First)> OpenAsync(string transport, (string Name, string Value)? proof, string connect = "{}")
    {
        var isOneWay = transport.StartsWith("uni_", StringComparison.Ordinal);
        var command = isOneWay ? connect : $$"""{"id":1,"connect":{{connect}}}""";
        var path = $"/connection/{transport}";
        SignInClient client;
        if (transport.EndsWith("websocket", StringComparison.Ordinal))
        {
            var socket = new ClientWebSocket();
            if (proof is { } field) socket.Options.SetRequestHeader(field.Name, field.Value);
            await socket.ConnectAsync(_application.WebSocketAddress(path), EchoApplication.Limit);
            await socket.SendAsync(Encoding.UTF8.GetBytes(command), WebSocketMessageType.Text, true, EchoApplication.Limit);
            client = new SignInClient(socket);
        }
        else
        {
            client = new SignInClient(await SendAsync(path, command, proof));
        }

        return (client, await client.ReadAsync());
    }

    public async Task<HttpResponseMessage> SendAsync(string path, string body, (string Name, string Value)? proof, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = HubApplication.Json(body) };
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (proof is { } field) request.Headers.Add(field.Name, field.Value);
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, EchoApplication.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _application.DisposeAsync();
    }

    private static ClaimsPrincipal PrincipalOf(string user, string scheme)
    {
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user), new(ClaimTypes.Name, $"name of {user}")], scheme);
        if (user.StartsWith("staff-", StringComparison.Ordinal)) identity.AddClaim(new Claim("staff", "true"));
        return new ClaimsPrincipal(identity);
    }
}
