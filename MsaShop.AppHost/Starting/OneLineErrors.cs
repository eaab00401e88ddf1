namespace MsaShop.AppHost.Starting;

/// <summary>Ends the program with one line, not a stack trace, where the developer can put it right.</summary>
internal static class OneLineErrors
{
    /// <summary>Call it first. Tests, which start the shop in their own process, see the exception as it is.</summary>
    public static void Use() =>
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            // What goes wrong at the start arrives as the failure of a task.
            if (
                (unhandled.ExceptionObject as Exception)?.GetBaseException()
                is DistributedApplicationException exception
            )
            {
                Console.Error.WriteLine($"error: {exception.Message}");
                Environment.Exit(1);
            }
        };
}
