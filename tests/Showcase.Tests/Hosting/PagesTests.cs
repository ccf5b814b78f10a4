using System.Net;
using Showcase.Tests.Wire;

namespace Showcase.Tests.Hosting;

public sealed class PagesTests : IAsyncLifetime
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("showcase");
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private RunningShowcase _showcase = null!;

    public async ValueTask InitializeAsync()
    {
        Write("index.html", "start");
        Write("exchange/index.html", "exchange");
        Write("missing/index.html", "missing");
        Write("assets/main-1a2b3c.js", "code");
        Write("assets/small-1a2b3c.js", "code");
        foreach (var file in (string[])["index.html", "exchange/index.html", "assets/main-1a2b3c.js"])
        {
            Write($"{file}.br", "br");
            Write($"{file}.gz", "gzip");
        }

        _showcase = await RunningShowcase.StartAsync(contentRoot: _root.FullName);
        _http.BaseAddress = _showcase.Http;
    }

    public async ValueTask DisposeAsync()
    {
        await _showcase.DisposeAsync();
        _http.Dispose();
        _root.Delete(recursive: true);
    }

    [Theory]
    [InlineData("/", "start")]
    [InlineData("/exchange/BTCUSDT", "exchange")]
    [InlineData("/assets/main-1a2b3c.js", "code")]
    [InlineData("/health", "ok")]
    public async Task Each_path_has_its_page(string path, string body) =>
        Assert.Equal(body, await _http.GetStringAsync(path, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("/", "no-cache")]
    [InlineData("/exchange/SOLUSDT", "no-cache")]
    [InlineData("/assets/main-1a2b3c.js", "public, max-age=31536000, immutable")]
    public async Task Only_what_has_a_hash_in_its_name_is_kept_by_browsers(string path, string caching)
    {
        using var response = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(caching, string.Join(", ", response.Headers.GetValues("Cache-Control")));
    }

    [Theory]
    [InlineData("/", "gzip, deflate, br, zstd", "br")]
    [InlineData("/exchange/SOLUSDT", "gzip, deflate", "gzip")]
    [InlineData("/assets/main-1a2b3c.js", "gzip, br", "br")]
    [InlineData("/assets/main-1a2b3c.js", "GZIP;q=0.5, br;q=0", "gzip")]
    [InlineData("/assets/main-1a2b3c.js", "deflate", null)]
    [InlineData("/assets/small-1a2b3c.js", "gzip, br", null)]
    public async Task A_file_is_sent_as_the_build_compressed_it_where_the_browser_accepts_that(string path, string accepted, string? encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", string.Join(", ", response.Headers.Vary));
        Assert.Equal(path.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/html", response.Content.Headers.ContentType?.MediaType);
        if (encoding is not null) Assert.Equal(encoding, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("text/html,*/*;q=0.8", "missing")]
    [InlineData("*/*", "")]
    public async Task A_path_without_a_page_is_404_and_a_browser_gets_a_page_that_says_so(string accepted, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/nowhere/at/all");
        request.Headers.TryAddWithoutValidation("Accept", accepted);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Pages_run_no_script_but_their_own()
    {
        using var response = await _http.GetAsync("/", TestContext.Current.CancellationToken);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_exchange_without_a_symbol_leads_to_the_first_one()
    {
        using var response = await _http.GetAsync("/exchange", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Redirect, "/exchange/SOLUSDT"), (response.StatusCode, response.Headers.Location?.ToString()));
    }

    [Fact]
    public async Task No_file_outside_the_pages_is_served()
    {
        Write("../../secret.txt", "secret");
        using var response = await _http.GetAsync("/%2e%2e/%2e%2e/secret.txt", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private void Write(string name, string text)
    {
        var file = new FileInfo(Path.Combine(_root.FullName, "wwwroot", "dist", name));
        file.Directory!.Create();
        File.WriteAllText(file.FullName, text);
    }
}
