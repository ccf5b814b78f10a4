using Duplex.Conformance.Tests.Hosts;
using Microsoft.Playwright;

namespace Duplex.Conformance.Tests.Interop;

/// <summary>Our server, spoken to by Debian's Chromium.</summary>
public sealed class ChromiumTests(EchoHosts hosts)
{
    private const float PatienceMilliseconds = 120_000;

    // Resolves with the extension agreed on, the echoes compared, and the close event.
    private const string Script = """
        async (address) => {
          const socket = new WebSocket(address);
          socket.binaryType = 'arraybuffer';
          const next = (event) => new Promise((resolve, reject) => {
            socket.addEventListener(event, resolve, { once: true });
            socket.addEventListener('error', () => reject(new Error('error')), { once: true });
          });
          await next('open');
          let wrong = 0;
          for (const size of [0, 1, 125, 126, 127, 65535, 65536, 1 << 20]) {
            const text = 'x'.repeat(size);
            socket.send(text);
            if ((await next('message')).data !== text) wrong++;
            const bytes = new Uint8Array(size).map((_, i) => i * 7);
            socket.send(bytes);
            const echo = new Uint8Array((await next('message')).data);
            if (echo.length !== size || echo.some((value, i) => value !== bytes[i])) wrong++;
          }
          socket.close(4001, 'enough');
          const close = await next('close');
          return `${socket.extensions.split(';')[0]} wrong ${wrong} closed ${close.code} ${close.wasClean}`;
        }
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_echoes_to_Chromium_over_HTTP_1_and_with_TLS_over_HTTP_2(bool isSecure)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Timeout = PatienceMilliseconds,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--ignore-certificate-errors"],
        });
        foreach (var transport in Transports.Available)
        {
            var port = (isSecure ? hosts[transport].SecureEndPoint : hosts[transport].EndPoint).Port;
            var page = await browser.NewPageAsync(new BrowserNewPageOptions { IgnoreHTTPSErrors = true });
            page.SetDefaultTimeout(PatienceMilliseconds);
            // The page is from the same host. Over TLS it comes by HTTP/2, and the WebSocket takes a stream of that connection.
            await page.GotoAsync($"{(isSecure ? "https" : "http")}://localhost:{port}/page");
            var result = await page.EvaluateAsync<string>(Script, $"{(isSecure ? "wss" : "ws")}://localhost:{port}/echo?{(isSecure ? "h2" : "h1")}");
            Assert.Equal("permessage-deflate wrong 0 closed 4001 true", result);
            Assert.Equal(isSecure, hosts[transport].HasSeenHttp2(isSecure ? "?h2" : "?h1"));
        }
    }
}
