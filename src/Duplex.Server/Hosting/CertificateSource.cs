using System.Net.Security;
using Duplex.Server.CommandLine;
using Duplex.Server.Configuration;
using Microsoft.Extensions.Logging;

namespace Duplex.Server.Hosting;

/// <summary>
/// The server certificate of new connections, with its chain. A handshake checks the files for changes when the last check
/// is older than <see cref="CheckInterval"/>, so that a renewed certificate needs no restart. Safe from any thread.
/// </summary>
internal sealed partial class CertificateSource(TlsSettings settings, TimeProvider time)
{
    /// <summary>The minimum time between two checks of the files.</summary>
    public static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private SslStreamCertificateContext _current = Load(settings);
    private string _stamp = StampOf(settings);
    private long _checkedAt = time.GetTimestamp();

    /// <summary>The logger for changes of the files; null: changes are not logged.</summary>
    public ILogger? Logger { get; set; }

    public SslStreamCertificateContext Current
    {
        get
        {
            if (time.GetElapsedTime(Volatile.Read(ref _checkedAt)) >= CheckInterval) Refresh();
            return Volatile.Read(ref _current);
        }
    }

    private void Refresh()
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_checkedAt) < CheckInterval) return;
            Volatile.Write(ref _checkedAt, time.GetTimestamp());
            var stamp = StampOf(settings);
            if (stamp == _stamp) return;
            _stamp = stamp;
            try
            {
                // Handshakes may still use the previous certificate, so it is not disposed.
                Volatile.Write(ref _current, Load(settings));
                if (Logger is not null) CertificateReplaced(Logger, _current.TargetCertificate.NotAfter);
            }
            catch (UsageException exception)
            {
                // This happens, for example, between the writes of the certificate and of its key.
                if (Logger is not null) CertificateKept(Logger, exception.Message);
            }
        }
    }

    private static SslStreamCertificateContext Load(TlsSettings settings)
    {
        var chain = settings.Load();
        return SslStreamCertificateContext.Create(chain[0], [.. chain.Skip(1)], offline: true);
    }

    private static string StampOf(TlsSettings settings) =>
        string.Join(' ', settings.Files.Select(static file => new FileInfo(file)).Select(static file => file.Exists ? $"{file.LastWriteTimeUtc.Ticks}/{file.Length}" : "-"));

    [LoggerMessage(1420, LogLevel.Information, "The certificate was replaced: new connections use the one that is valid until {Until:u}.")]
    private static partial void CertificateReplaced(ILogger logger, DateTime until);

    [LoggerMessage(1421, LogLevel.Warning, "The files of the certificate changed, but the certificate stays: {Reason}")]
    private static partial void CertificateKept(ILogger logger, string reason);
}
