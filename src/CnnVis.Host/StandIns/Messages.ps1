# Stand-ins for Microsoft.PowerShell.Utility's Write- commands.

function Write-Output {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [AllowNull()] [AllowEmptyCollection()] [object] $InputObject, [switch] $NoEnumerate)
    process { $PSCmdlet.WriteObject($InputObject, -not $NoEnumerate) }
}

function Write-Warning {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [AllowEmptyString()] [string] $Message)
    process { $PSCmdlet.WriteWarning($Message) }
}

function Write-Verbose {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0, ValueFromPipeline)] [AllowEmptyString()] [string] $Message)
    process { $PSCmdlet.WriteVerbose($Message) }
}

function Write-Host {
    [CmdletBinding()]
    param([Parameter(Position = 0, ValueFromPipeline)] [object] $Object, [object] $Separator = ' ', [ConsoleColor] $ForegroundColor, [ConsoleColor] $BackgroundColor, [switch] $NoNewline)
    process {
        $message = [System.Management.Automation.HostInformationMessage]@{ Message = ($Object | ForEach-Object { "$_" }) -join $Separator; NoNewLine = $NoNewline }
        if ($PSBoundParameters.ContainsKey('ForegroundColor')) { $message.ForegroundColor = $ForegroundColor }
        if ($PSBoundParameters.ContainsKey('BackgroundColor')) { $message.BackgroundColor = $BackgroundColor }
        $PSCmdlet.WriteInformation($message, [string[]]'PSHOST')
    }
}

function Write-Error {
    [CmdletBinding(DefaultParameterSetName = 'Message')]
    param(
        [Parameter(Mandatory, Position = 0, ValueFromPipeline, ParameterSetName = 'Message')] [Parameter(ParameterSetName = 'Exception')] [string] $Message,
        [Parameter(Mandatory, ParameterSetName = 'Exception')] [System.Exception] $Exception,
        [Parameter(Mandatory, ParameterSetName = 'ErrorRecord')] [System.Management.Automation.ErrorRecord] $ErrorRecord,
        [Parameter(ParameterSetName = 'Message')] [Parameter(ParameterSetName = 'Exception')] [System.Management.Automation.ErrorCategory] $Category = 'NotSpecified',
        [Parameter(ParameterSetName = 'Message')] [Parameter(ParameterSetName = 'Exception')] [string] $ErrorId,
        [Parameter(ParameterSetName = 'Message')] [Parameter(ParameterSetName = 'Exception')] [object] $TargetObject
    )
    process {
        if (-not $ErrorRecord) {
            if (-not $ErrorId) { $ErrorId = if ($Exception) { $Exception.GetType().FullName } else { 'Microsoft.PowerShell.Commands.WriteErrorException' } }
            if (-not $Exception) { $Exception = [System.Exception]::new($Message) }
            $ErrorRecord = [System.Management.Automation.ErrorRecord]::new($Exception, $ErrorId, $Category, $TargetObject)
        }
        $PSCmdlet.WriteError($ErrorRecord)
    }
}
