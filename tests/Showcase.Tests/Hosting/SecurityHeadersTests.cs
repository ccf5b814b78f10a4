using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Showcase.Hosting;

namespace Showcase.Tests.Hosting;

public sealed class SecurityHeadersTests
{
    [Theory]
    [InlineData("https", "example.org")]
    [InlineData("https", "192.0.2.1:8443")]
    [InlineData("http", "localhost")]
    [InlineData("http", "LOCALHOST:8080")]
    [InlineData("http", "app.localhost:8080")]
    [InlineData("http", "127.0.0.1")]
    [InlineData("http", "127.8.9.10:8080")]
    [InlineData("http", "[::1]:8080")]
    public async Task Trustworthy_origin_receives_an_opener_policy(string scheme, string host) =>
        Assert.Equal("same-origin", await OpenerPolicyAsync(scheme, host));

    [Theory]
    [InlineData("http", "example.org")]
    [InlineData("http", "localhost.example.org:8080")]
    [InlineData("http", "notlocalhost")]
    [InlineData("http", "192.0.2.1:8080")]
    [InlineData("http", "[2001:db8::1]:8080")]
    [InlineData("http", "xn--a")]
    [InlineData("http", "")]
    public async Task Other_origin_receives_no_opener_policy_which_browsers_would_report_as_an_error(string scheme, string host) =>
        Assert.Empty(await OpenerPolicyAsync(scheme, host));

    [Theory]
    [InlineData(200, "text/html; charset=utf-8", true)]
    [InlineData(200, "text/javascript", true)]
    [InlineData(404, "text/plain", true)]
    [InlineData(200, null, true)]
    [InlineData(304, null, true)]
    [InlineData(200, "application/json", false)]
    [InlineData(404, "application/json; charset=utf-8", false)]
    [InlineData(200, "text/event-stream", false)]
    [InlineData(204, null, false)]
    [InlineData(101, null, false)]
    public async Task All_responses_but_data_have_the_header_fields(int status, string? type, bool hasFields)
    {
        var headers = await HeadersAsync("http", "localhost", status, type);
        string[] names = ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy"];
        Assert.Equal(hasFields ? names.Length : 0, names.Count(headers.ContainsKey));
    }

    private static async Task<string> OpenerPolicyAsync(string scheme, string host)
    {
        var headers = await HeadersAsync(scheme, host, StatusCodes.Status200OK, "text/html");
        Assert.Equal("nosniff", headers.XContentTypeOptions.ToString());
        return headers["Cross-Origin-Opener-Policy"].ToString();
    }

    private static async Task<IHeaderDictionary> HeadersAsync(string scheme, string host, int status, string? type)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        app.UseSecurityHeaders();
        app.Run(context =>
        {
            (context.Response.StatusCode, context.Response.ContentType) = (status, type);
            return Task.CompletedTask;
        });
        var context = new DefaultHttpContext();
        var response = new StartingResponse();
        context.Features.Set<IHttpResponseFeature>(response);
        context.Request.Scheme = scheme;
        context.Request.Headers.Host = host;
        await app.Build()(context);
        await response.StartAsync();
        return response.Headers;
    }

    /// <summary>A response whose start a test triggers.</summary>
    private sealed class StartingResponse : HttpResponseFeature
    {
        private Func<Task> _starting = static () => Task.CompletedTask;

        public Task StartAsync() => _starting();

        public override void OnStarting(Func<object, Task> callback, object state) => _starting = () => callback(state);
    }
}
