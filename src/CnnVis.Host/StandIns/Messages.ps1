# Commands that say something.

function Write-Output {
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [AllowNull()] [AllowEmptyCollection()] [object] $InputObject, [switch] $NoEnumerate)
    process { $PSCmdlet.WriteObject($InputObject, -not $NoEnumerate) }
}

function Write-Host {
    param([Parameter(Position = 0, ValueFromPipeline)] [object] $Object, [object] $Separator = ' ', [ConsoleColor] $ForegroundColor, [ConsoleColor] $BackgroundColor, [switch] $NoNewline)
    process {
        $text = ($Object | ForEach-Object { "$_" }) -join $Separator
        $foreground = if ($PSBoundParameters.ContainsKey('ForegroundColor')) { $ForegroundColor } else { $Host.UI.RawUI.ForegroundColor }
        $background = if ($PSBoundParameters.ContainsKey('BackgroundColor')) { $BackgroundColor } else { $Host.UI.RawUI.BackgroundColor }
        if ($foreground -eq $Host.UI.RawUI.ForegroundColor -and $background -eq $Host.UI.RawUI.BackgroundColor) { $Host.UI.Write($text) }
        else { $Host.UI.Write($foreground, $background, $text) }
        if (-not $NoNewline) { $Host.UI.WriteLine() }
    }
}

function Write-Warning {
    [CmdletBinding()] param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [AllowEmptyString()] [string] $Message)
    process { $PSCmdlet.WriteWarning($Message) }
}

function Write-Verbose {
    [CmdletBinding()] param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [AllowEmptyString()] [string] $Message)
    process { $PSCmdlet.WriteVerbose($Message) }
}

function Write-Error {
    [CmdletBinding()] param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [string] $Message)
    process {
        $exception = [Management.Automation.RuntimeException]::new($Message)
        $PSCmdlet.WriteError([Management.Automation.ErrorRecord]::new($exception, 'WriteError', 'NotSpecified', $null))
    }
}
