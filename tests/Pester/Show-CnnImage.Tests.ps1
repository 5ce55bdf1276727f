BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Show-CnnImage' {
    It 'writes nothing into a stream that is redirected, and says what would do' {
        { Get-CnnFilter conv1 | Show-CnnImage -ErrorAction Stop } | Should -Throw '*Export-CnnImage*-Open*'
    }
}
