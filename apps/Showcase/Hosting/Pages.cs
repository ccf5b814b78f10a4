using Microsoft.Extensions.FileProviders;

namespace Showcase.Hosting;

/// <summary>Serves the front end that Vite built: one page per application, and assets whose names contain a hash.</summary>
public static class Pages
{
    /// <summary>Serves the files of <c>wwwroot/dist</c>.</summary>
    public static void UsePages(this WebApplication app)
    {
        if (Folder(app) is not { } folder) return;
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = folder,
            OnPrepareResponse = served => served.Context.Response.Headers.CacheControl =
                served.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
    }

    /// <summary>Maps a path to a page, such as <c>/exchange/{symbol}</c> to <c>exchange/index.html</c>.</summary>
    public static IEndpointConventionBuilder MapPage(this WebApplication app, string path, string file)
    {
        var page = Folder(app)?.GetFileInfo(file);
        return app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], async (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            if (page is { Exists: true })
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                await context.Response.SendFileAsync(page, context.RequestAborted);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("The pages are not built yet: start the showcase with ./run.\n", context.RequestAborted);
        });
    }

    private static PhysicalFileProvider? Folder(WebApplication app)
    {
        var path = Path.Combine(app.Environment.ContentRootPath, "wwwroot", "dist");
        return Directory.Exists(path) ? new PhysicalFileProvider(path) : null;
    }
}
