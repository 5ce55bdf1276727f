Describe 'time' {
    It 'is spent' {
        # As if the limit were reached now.
        [AppDomain]::CurrentDomain.GetData('limit').Cancel()
        while ($true) { }
    }
    It 'is not left' { }
}
