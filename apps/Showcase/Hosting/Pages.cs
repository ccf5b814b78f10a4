using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Showcase.Hosting;

/// <summary>
/// Serves the front end that Vite built: one page per application, and assets whose names contain a hash. A file is sent
/// compressed where the build has compressed it and the browser accepts the encoding.
/// </summary>
public static class Pages
{
    // In the order of preference.
    private static readonly (string Encoding, string Extension)[] Encodings = [("br", ".br"), ("gzip", ".gz")];

    /// <summary>Serves the files of <c>wwwroot/dist</c>.</summary>
    public static void UsePages(this WebApplication app)
    {
        if (Folder(app) is not { } folder) return;
        app.Use((context, next) =>
        {
            var (_, extension) = EncodingFor(context.Request, folder, context.Request.Path);
            context.Request.Path += extension;
            return next(context);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = folder,
            ContentTypeProvider = new CompressedContentTypes(),
            OnPrepareResponse = static served =>
            {
                var (request, headers) = (served.Context.Request, served.Context.Response.Headers);
                headers.CacheControl = request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache";
                SetEncoding(headers, Array.Find(Encodings, entry => served.File.Name.EndsWith(entry.Extension, StringComparison.Ordinal)).Encoding);
            },
        });
    }

    /// <summary>Maps a path to a page, such as <c>/exchange/{symbol}</c> to <c>exchange/index.html</c>.</summary>
    public static IEndpointConventionBuilder MapPage(this WebApplication app, string path, string file)
    {
        var send = Sender(app, file);
        return app.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], send);
    }

    /// <summary>Maps the paths below a folder to the pages that the build made of the repository's documents.</summary>
    public static void MapDocuments(this WebApplication app, string name)
    {
        if (Folder(app) is not { } folder) return;
        app.MapMethods($"/{name}/{{**document}}", [HttpMethods.Get, HttpMethods.Head], async (string? document, HttpContext context) =>
        {
            if (!await TrySendAsync(context, folder, $"{name}/{document}/index.html")) context.Response.StatusCode = StatusCodes.Status404NotFound;
        });
    }

    /// <summary>Sends a page with the status 404 to browsers that open a path without a page.</summary>
    public static void UseMissingPage(this WebApplication app, string file)
    {
        if (Folder(app)?.GetFileInfo(file) is not { Exists: true }) return;
        var send = Sender(app, file);
        app.Use(async (context, next) =>
        {
            await next(context);
            if (context.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } && IsNavigation(context.Request)) await send(context);
        });
    }

    private static bool IsNavigation(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && request.GetTypedHeaders().Accept.Any(static type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private static RequestDelegate Sender(WebApplication app, string file)
    {
        var folder = Folder(app);
        return async context =>
        {
            if (await TrySendAsync(context, folder, file)) return;
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("The pages are not built yet: start the showcase with ./run.\n", context.RequestAborted);
        };
    }

    private static async Task<bool> TrySendAsync(HttpContext context, PhysicalFileProvider? folder, string file)
    {
        if (folder?.GetFileInfo(file) is not { Exists: true }) return false;
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        var (encoding, extension) = EncodingFor(context.Request, folder, file);
        SetEncoding(headers, encoding);
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.SendFileAsync(folder.GetFileInfo(file + extension), context.RequestAborted);
        return true;
    }

    private static (string? Encoding, string? Extension) EncodingFor(HttpRequest request, PhysicalFileProvider folder, string file)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return Array.Find(Encodings, entry =>
            accepted.Any(encoding => encoding.Value.Equals(entry.Encoding, StringComparison.OrdinalIgnoreCase) && encoding.Quality != 0)
            && folder.GetFileInfo(file + entry.Extension).Exists);
    }

    private static void SetEncoding(IHeaderDictionary headers, string? encoding)
    {
        headers.Vary = HeaderNames.AcceptEncoding;
        if (encoding is not null) headers.ContentEncoding = encoding;
    }

    private static PhysicalFileProvider? Folder(WebApplication app)
    {
        var path = Path.Combine(app.Environment.ContentRootPath, "wwwroot", "dist");
        return Directory.Exists(path) ? new PhysicalFileProvider(path) : null;
    }
}
