using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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

    private static async Task<string> OpenerPolicyAsync(string scheme, string host)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var app = new ApplicationBuilder(services);
        app.UseSecurityHeaders();
        app.Run(static _ => Task.CompletedTask);
        var context = new DefaultHttpContext();
        context.Request.Scheme = scheme;
        context.Request.Headers.Host = host;
        await app.Build()(context);
        Assert.Equal("nosniff", context.Response.Headers.XContentTypeOptions.ToString());
        return context.Response.Headers["Cross-Origin-Opener-Policy"].ToString();
    }
}
